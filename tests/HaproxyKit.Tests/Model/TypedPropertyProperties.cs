using System.Reflection;
using FsCheck.Fluent;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Model;

/// <summary>Laws that hold for every typed property of the model.</summary>
public sealed class TypedPropertyProperties
{
    private const int CasesForEach = 25;

    /// <summary>Members that are checked one by one, because they are more than a word of a line.</summary>
    private static readonly string[] Others =
    [
        "Argument.Value", "Capture.Name", "Directive.Comment", "Directive.Modifier", "LogTarget.Facility", "LogTarget.Level", "LogTarget.MinimumLevel",
        "OptionSet.Item", "ProxySection.From", "Section.Comments", "Section.Name", "Server.Address", "Server.Name", "TimeoutSet.Item", "TuneSet.Item",
    ];

    public static TheoryData<string> Names => [.. TypedProperty.All.Select(property => property.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_that_is_set_is_read_back_and_nothing_else_changes(string name)
    {
        var property = Find(name);
        foreach (var (text, line) in property.Places())
        {
            foreach (var value in TypedValues.Of(property.Description.ValueType).Sample(CasesForEach))
            {
                AssertSetAndRead(property, text, line, value);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Setting_the_value_that_is_there_changes_no_byte(string name)
    {
        var property = Find(name);
        foreach (var (text, line) in property.Places())
        {
            var config = HaproxyConfig.Parse(text);
            var target = property.TargetIn(config, line);
            if (property.Description.Read(target) is { } value)
            {
                property.Description.Write(target, value);
                Assert.Equal(text, config.ToString());
            }
        }
    }

    [Fact]
    public void Every_settable_member_of_the_model_is_described()
    {
        var types = typeof(HaproxyConfig).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(HaproxyConfig).Namespace && !type.IsNested);
        var members = types.SelectMany(type => type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit"))
            .Select(member => $"{type.Name}.{member.Name}")
            .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(method => method.Name.StartsWith("set_", StringComparison.Ordinal)).Select(method => $"{type.Name}.{method.Name[4..]}")));
        var described = TypedProperty.All.Select(property => $"{DeclaringType(property).Name}.{property.Name}");
        Assert.Equal(members.Order(StringComparer.Ordinal), described.Concat(Others).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_member_that_users_set_is_the_one_described(string name)
    {
        var property = Find(name);
        var (text, line) = property.Places().Last();
        foreach (var value in TypedValues.Of(property.Description.ValueType).Sample(10).Concat(property.Description.ValueType == typeof(string) ? [""] : []))
        {
            // Of this one alone the empty text means that there is none.
            var described = value is "" && name == "UseBackend.Condition" ? null : value;
            var (direct, indirect) = (HaproxyConfig.Parse(text), HaproxyConfig.Parse(text));
            var refused = Record.Exception(() => property.Description.Write(property.TargetIn(indirect, line), described));
            var target = property.TargetIn(direct, line);
            var setter = property.Setter()!;
            var thrown = Record.Exception(() => _ = setter.IsStatic ? setter.Invoke(null, [target, value]) : setter.Invoke(Group(property, (object)target), [value]));
            Assert.Equal(refused?.GetType(), thrown?.InnerException?.GetType());
            Assert.Equal(indirect.ToString(), direct.ToString());
        }
    }

    private static void AssertSetAndRead(TypedProperty property, string text, int line, object value)
    {
        var config = HaproxyConfig.Parse(text);
        var target = property.TargetIn(config, line);
        var before = Values(property, target);
        try
        {
            property.Description.Write(target, value);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            Assert.Equal(text, config.ToString());
            return;
        }

        var context = $"{property} = {value}: {config}";
        AssertRead(property, property.Description.Read(target), value, context);
        var again = new HaproxyConfig(ConfigDocument.Parse(config.Document.ToBytes()));
        Assert.True(again.Document.Diagnose().All(d => d.Severity != HaproxyKit.Diagnostics.DiagnosticSeverity.Error || !text.EndsWith('\n')), context);
        var reread = property.TargetIn(again, line);
        AssertRead(property, property.Description.Read(reread), value, context);
        if (!property.Description.IsLanguage)
        {
            Assert.Equal(before, Values(property, reread));
        }

        AssertOneLineDiffers(text, config.ToString(), context);
        AssertRemoved(property, config, line, text, before, wasThere: property.Description.Read(property.TargetIn(HaproxyConfig.Parse(text), line)) is not (null or false));
    }

    /// <summary>Taking the value away leaves none, and where there was none, the text as it was.</summary>
    private static void AssertRemoved(TypedProperty property, HaproxyConfig config, int line, string text, Dictionary<string, string> before, bool wasThere)
    {
        var target = property.TargetIn(config, line);
        try
        {
            property.Description.Write(target, property.Description.ValueType == typeof(bool) ? false : null);
        }
        catch (ArgumentNullException)
        {
            Assert.True(property.Owner == typeof(Directive) || typeof(Directive).IsAssignableFrom(property.Owner), "a section can do without any line");
            return;
        }

        Assert.True(property.Description.Read(target) is null or false, $"{property} is still there: {config}");
        Assert.Equal(before, Values(property, target));
        if (!wasThere && !text.Contains(property.Description.Words, StringComparison.Ordinal) && text.EndsWith('\n'))
        {
            Assert.Equal(text, config.ToString());
        }
    }

    private static void AssertRead(TypedProperty property, object? read, object value, string context)
    {
        if (property.Description.IsLanguage)
        {
            Assert.True(read is string, context);
        }
        else if (value is IReadOnlyList<string> list)
        {
            Assert.Equal(list, (IReadOnlyList<string>?)read);
        }
        else
        {
            Assert.True(Equals(read, value), $"read {read}: {context}");
        }
    }

    /// <summary>All other properties of the same line or section.</summary>
    private static Dictionary<string, string> Values(TypedProperty property, object target) =>
        TypedProperty.All.Where(other => other.Owner == property.Owner && other.Name != property.Name)
            .ToDictionary(other => other.Name, other => Show(other.Description.Read(target)), StringComparer.Ordinal);

    private static string Show(object? value) => value is IReadOnlyList<string> list ? string.Join(',', list) : $"{value}";

    private static void AssertOneLineDiffers(string before, string after, string context)
    {
        var (old, now) = (before.TrimEnd('\r', '\n').Split('\n').ToList(), after.TrimEnd('\r', '\n').Split('\n').ToList());
        var same = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var behind = old.Skip(same).Reverse().Zip(now.Skip(same).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(old.Count - same - behind <= 1 && now.Count - same - behind <= 1, context);
    }

    private static Type DeclaringType(TypedProperty property)
    {
        var field = property.Owner;
        while (field.GetField(property.Name + "Property", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly) is null)
        {
            field = field.BaseType!;
        }

        return field;
    }

    /// <summary>The object that has the member: the line or section itself, or a view of the section.</summary>
    private static object Group(TypedProperty property, object target) => property.Owner.IsInstanceOfType(target)
        ? target
        : property.Owner.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Single().Invoke([target]);

    private static TypedProperty Find(string name) => TypedProperty.All.Single(property => property.ToString() == name);
}

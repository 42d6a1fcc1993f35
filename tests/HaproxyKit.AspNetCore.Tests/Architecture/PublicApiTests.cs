using System.Reflection;
using System.Text;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.Architecture;

/// <summary>
/// Holds the public surface of each package to the committed list, so that a change of it shows in review. To take a change over:
/// <c>HAPROXYKIT_UPDATE_PUBLIC_API=1 tests/run.sh PublicApi</c>.
/// </summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("HaproxyKit")]
    [InlineData("HaproxyKit.Control")]
    [InlineData("HaproxyKit.PhoneHome")]
    [InlineData("HaproxyKit.AspNetCore")]
    public void Surface_is_the_committed_one(string package)
    {
        var surface = string.Join('\n', Surface(Assembly.Load(package)).Order(StringComparer.Ordinal)) + "\n";
        var file = Path.Combine(Repository.Root, "tests", "HaproxyKit.AspNetCore.Tests", "Architecture", "PublicApi", package + ".txt");
        if (Environment.GetEnvironmentVariable("HAPROXYKIT_UPDATE_PUBLIC_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, surface);
        }

        var committed = File.ReadAllText(file).Split('\n');
        Assert.Empty(committed.Except(surface.Split('\n')));
        Assert.Empty(surface.Split('\n').Except(committed));
    }

    /// <remarks>What the compiler makes of an extension block has no name of ours; its members stand among those of the class around it.</remarks>
    private static IEnumerable<string> Surface(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => !Name(type).Contains("+<", StringComparison.Ordinal)).SelectMany(type => type.GetMembers(Declared).Where(IsPublic).Select(member => $"{Name(type)}.{Describe(member)}").Prepend(Header(type)));

    private static bool IsPublic(MemberInfo member) => member switch
    {
        MethodBase { IsSpecialName: true, IsConstructor: false } method => method.Name.StartsWith("op_", StringComparison.Ordinal) && method.IsPublic,
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo e => e.AddMethod is { } add && IsVisible(add),
        _ => false,
    };

    private static bool IsVisible(MethodInfo method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Header(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        var form = type is { IsClass: true, IsAbstract: true, IsSealed: true } ? "static " : type is { IsClass: true, IsAbstract: true } ? "abstract " : type is { IsClass: true, IsSealed: true } ? "sealed " : "";
        IEnumerable<string> bases = type.IsEnum ? [] : new[] { type.BaseType }.Concat(type.GetInterfaces())
            .OfType<Type>().Where(one => one != typeof(object) && one != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal);
        return $"{form}{kind} {Name(type)} : {string.Join(", ", bases)}".TrimEnd(' ', ':');
    }

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{method.Name}{Generics(method)}({Parameters(method)}) : {Name(method.ReturnType)}",
        PropertyInfo property => $"{property.Name}{Indexer(property)} {{ {string.Join(' ', property.GetAccessors(nonPublic: true).Where(IsVisible).Select(Accessor))} }} : {Name(property.PropertyType)}",
        FieldInfo field => field.IsLiteral ? $"const {field.Name} = {field.GetRawConstantValue()}" : $"{field.Name} : {Name(field.FieldType)}",
        EventInfo e => $"event {e.Name} : {Name(e.EventHandlerType!)}",
        _ => member.ToString()!,
    };

    private static string Accessor(MethodInfo accessor) =>
        accessor.ReturnType != typeof(void) ? "get;"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") ? "init;"
        : "set;";

    private static string Indexer(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(parameter => Name(parameter.ParameterType)))}]" : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "null") : "")}"));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : type.IsByRef ? "&" : "*");
        }

        var name = new StringBuilder(type.DeclaringType is { } outer ? $"{Name(outer)}+{type.Name}" : $"{type.Namespace}.{type.Name}");
        if (type.IsGenericType)
        {
            name.Append('<').AppendJoin(", ", type.GetGenericArguments().Select(Name)).Append('>');
        }

        return name.ToString();
    }
}

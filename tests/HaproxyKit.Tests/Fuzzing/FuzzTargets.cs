using System.Text;
using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Comparison;
using HaproxyKit.EdgeScript;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Fuzzing;

/// <summary>What is done with an input: each target takes any bytes, and throws only where it found a defect.</summary>
internal static class FuzzTargets
{
    private static readonly ConfigEnvironment Variables = ConfigEnvironment.From([new("A", "x y"), new("B", ""), new("V", " v\t")]);

    internal static readonly IReadOnlyDictionary<string, Action<byte[]>> ByName = new Dictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["document"] = ReadDocument,
        ["expansion"] = input => Exhaust(ConfigDocument.Parse(input).Expand(Variables)),
        ["edit"] = Edit,
        ["model"] = ReadModel,
        ["expressions"] = ReadExpressions,
        ["comparison"] = Compare,
        ["analysis"] = Analyze,
        ["edge-script"] = ReadEdgeScript,
    };

    private static void ReadDocument(byte[] input)
    {
        var document = ConfigDocument.Parse(input);
        Require(document.ToBytes().AsSpan().SequenceEqual(input), "The document does not print the bytes that were read.");
        foreach (var section in document.Sections)
        {
            for (var i = 0; i < section.LineCount; i++)
            {
                foreach (var word in section[i].Words)
                {
                    Require(word.Is(word.ToBytes()), "A word is not its own value.");
                }
            }
        }

        foreach (var found in document.Diagnose())
        {
            Require(found.Render().Length > 0, "A finding renders as nothing.");
        }
    }

    /// <summary>An edit in the middle gives what parsing the edited text gives.</summary>
    private static void Edit(byte[] input)
    {
        var document = ConfigDocument.Parse(input);
        if (document.SectionCount == 0)
        {
            return;
        }

        var ordinal = document.SectionCount / 2;
        var line = document.GetSection(ordinal).LineCount / 2;
        var edited = document.ReplaceLines(ordinal, line, 1, "backend edited\n    mode http\n"u8);
        var parsed = ConfigDocument.Parse(edited.ToBytes());
        Require(
            edited.Sections.Select(s => (s.Kind, s.LineCount)).SequenceEqual(parsed.Sections.Select(s => (s.Kind, s.LineCount))),
            "An edited document has other sections than its text.");
    }

    private static void ReadModel(byte[] input)
    {
        var config = new HaproxyConfig(ConfigDocument.Parse(input));
        foreach (var directive in config.Sections.SelectMany(section => section.Directives))
        {
            var words = directive.Arguments.Count(argument => argument.Value is not null);
            Require(words == directive.Arguments.Count, "A directive has other words than its line.");
            _ = directive switch
            {
                Server server => $"{server.Name} {server.Address} {server.Weight} {server.IsConditional}",
                Bind bind => $"{bind.Addresses.Count} {bind.Name}",
                UseBackend rule => $"{rule.Backend} {directive.Keyword}",
                _ => directive.Comment,
            };
        }

        Require(config.Document.ToBytes().AsSpan().SequenceEqual(input), "Reading changed the text.");
    }

    /// <summary>Every word as each kind of expression, and every line as a condition: what is read prints as it was written.</summary>
    private static void ReadExpressions(byte[] input)
    {
        foreach (var line in ConfigDocument.Parse(input).Sections.SelectMany(section => section.Lines))
        {
            var words = new List<string>();
            foreach (var word in line.Words)
            {
                var bytes = word.ToBytes();
                RequirePrints(SampleExpression.Parse(bytes), Encoding.Latin1.GetString(bytes));
                RequirePrints(LogFormat.Parse(bytes), Encoding.Latin1.GetString(bytes));
                words.Add(word.ToString());
                _ = Address.TryParseList(words[^1], out _) | HaproxyTime.TryParse(words[^1], out _) | HaproxySize.TryParse(words[^1], out _);
            }

            _ = AclCondition.Parse(words);
            _ = AclDefinition.Parse(words);
        }
    }

    private static void RequirePrints<T>(ExpressionResult<T> result, string text)
        where T : class
    {
        if (result.Value is { } value)
        {
            Require(
                value.ToString() == Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)), $"{typeof(T).Name} does not print as it was written.");
        }
    }

    private static void Compare(byte[] input)
    {
        var before = ConfigDocument.Parse(input);
        var after = ConfigDocument.Parse([.. input.AsSpan(input.Length / 2), .. input.AsSpan(0, input.Length / 2)]);
        var there = ConfigDiff.Between(before, after);
        Require(ConfigDiff.Between(before, ConfigDocument.Parse(input)).IsEmpty, "A document differs from itself.");
        Require(there.Count == ConfigDiff.Between(after, before).Count, "The difference has another number of changes in the other direction.");
        foreach (var change in there)
        {
            Require(change.Render().Length > 0, "A change renders as nothing.");
        }
    }

    private static void Analyze(byte[] input)
    {
        var document = ConfigDocument.Parse(input);
        foreach (var found in ConfigAnalyzer.Analyze(document, input.Length % 2 == 0 ? HaproxyVersion.V2_6 : HaproxyVersion.V3_2))
        {
            Require(found.Render().Length > 0, "A finding renders as nothing.");
        }
    }

    private static void ReadEdgeScript(byte[] input)
    {
        var script = EdgeScriptDocument.Parse(input);
        Require(script.ToBytes().AsSpan().SequenceEqual(input), "The script does not print the bytes that were read.");
        _ = script.Compile();
    }

    private static void Exhaust<T>(IEnumerable<T> items)
    {
        foreach (var _ in items)
        {
        }
    }

    private static void Require(bool holds, string defect)
    {
        if (!holds)
        {
            throw new InvalidOperationException(defect);
        }
    }
}

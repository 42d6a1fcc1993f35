using HaproxyKit.EdgeScript;
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

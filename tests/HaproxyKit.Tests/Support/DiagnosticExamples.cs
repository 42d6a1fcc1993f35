using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Support;

/// <summary>What is found in a text, and how it is shown.</summary>
internal static class DiagnosticExamples
{
    internal const string Names = "names consist of letters, digits and . : _ -";

    internal static IReadOnlyList<Diagnostic> Diagnose(string text) =>
        ConfigDocument.Parse(Latin1.Bytes(text), "f.cfg").Diagnose();

    internal static void Shows(string text, string id, string rendered)
    {
        var found = Assert.Single(Diagnose(text), d => d.Id == id);
        Assert.Equal(rendered.ReplaceLineEndings("\n"), found.Render());
        Assert.StartsWith(found.ToString(), rendered, StringComparison.Ordinal);
    }

    internal static string Words(int count) => string.Join(' ', Enumerable.Repeat("x", count));
}

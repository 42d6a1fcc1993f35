using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>Says what was expected, what stands there instead, and what was probably meant.</summary>
internal static class UnexpectedToken
{
    /// <summary>The finding about a token.</summary>
    /// <param name="text">The script.</param>
    /// <param name="token">What stands there.</param>
    /// <param name="after">The offset behind the last thing that was right, to which the end of a line is told.</param>
    /// <param name="expected">What could have stood there.</param>
    /// <param name="hint">Advice that goes before any guess, or null.</param>
    /// <returns>The diagnostic.</returns>
    internal static Diagnostic Diagnose(SourceText text, EdgeToken token, int after, IReadOnlyList<Expectation> expected, string? hint = null)
    {
        var isEnd = token.Kind is EdgeTokenKind.LineEnd or EdgeTokenKind.TextEnd;
        var found = token.Kind switch
        {
            EdgeTokenKind.LineEnd => "the end of the line",
            EdgeTokenKind.TextEnd => "the end of the script",
            _ => ShownText.Quote(text.Text(token.Span)),
        };
        var span = isEnd ? new TextSpan(after, 0) : token.Span;
        var message = $"expected {List(expected)} but found {found}";
        return text.Diagnose(DiagnosticIds.EdgeScriptSyntax, span, message, hint ?? Guess(text, token, expected));
    }

    private static string? Guess(SourceText text, EdgeToken token, IReadOnlyList<Expectation> expected)
    {
        if (token.Kind != EdgeTokenKind.Word)
        {
            return null;
        }

        var word = text.Text(token.Span);
        var near = NearestName.Meant(word, expected.Where(e => e.Keyword is not null).Select(e => e.Keyword!));
        return EdgeWords.IsPlanned(word) ? $"'{word}' is not supported yet"
            : near is not null ? $"did you mean '{near}'?"
            : null;
    }

    /// <summary>Words of the language first, then values and signs, then the end of the line.</summary>
    private static string List(IReadOnlyList<Expectation> expected)
    {
        static int Rank(Expectation e) => e.Keyword is not null ? 0 : e == EdgeGrammar.LineEnd ? 2 : 1;
        string[] labels = [.. expected.OrderBy(Rank).Select(e => e.Label)];
        return labels.Length == 1 ? labels[0] : $"{string.Join(", ", labels[..^1])} or {labels[^1]}";
    }
}

using System.Collections;
using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>The directives of a section, in order, as they are at the moment of looking.</summary>
public sealed class DirectiveList : IReadOnlyCollection<Directive>
{
    private readonly Section _section;

    internal DirectiveList(Section section) => _section = section;

    /// <summary>How many directives there are.</summary>
    public int Count => _section.DirectiveLines().Count;

    /// <summary>The directives with a keyword, whatever stands before it.</summary>
    /// <param name="keyword">The keyword, for example <c>http-request</c>.</param>
    public IReadOnlyList<Directive> this[string keyword]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(keyword);
            return [.. this.Where(directive => string.Equals(directive.Keyword, keyword, StringComparison.Ordinal))];
        }
    }

    /// <summary>
    /// Adds a directive: behind the last one with its keyword that no condition decides about, else at the end of the section's directives,
    /// with the section's own indentation.
    /// </summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="arguments">The values, each written as one word and quoted as it needs to be.</param>
    /// <returns>The new directive.</returns>
    /// <exception cref="ArgumentException">The keyword would begin a section or is none, a value is empty or holds a control character, or there are more than 64 words.</exception>
    public Directive Add(string keyword, params ReadOnlySpan<string> arguments)
    {
        RequireKeyword(keyword);
        if (arguments.Length + 1 > LexicalRules.MaxWords)
        {
            throw new ArgumentException($"The line would have {arguments.Length + 1} words; HAProxy reads no more than {LexicalRules.MaxWords}.", nameof(arguments));
        }

        var words = new StringBuilder(keyword);
        foreach (var argument in arguments)
        {
            words.Append(' ').Append(WordWriter.Quote(argument));
        }

        return _section.AddLine(Encoding.UTF8.GetBytes(words.ToString()));
    }

    /// <summary>Adds a line written in HAProxy's own language, such as <c>http-request deny if { path_beg /admin }</c>.</summary>
    /// <param name="line">One line. It is language, not a value: never put text from elsewhere into it.</param>
    /// <returns>The new directive.</returns>
    /// <exception cref="ArgumentException">The text is not exactly one directive that HAProxy can read.</exception>
    public Directive AddLine(string line)
    {
        var text = StrictUtf8.GetBytes(line ?? throw new ArgumentNullException(nameof(line)), nameof(line));
        var trimmed = text.AsSpan().Trim(" \t"u8);
        RequireOneDirective(trimmed, nameof(line));
        return _section.AddLine(trimmed);
    }

    /// <inheritdoc/>
    public IEnumerator<Directive> GetEnumerator() => _section.DirectiveLines().ConvertAll(_section.GetDirective).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Throws unless a text is one directive and nothing else.</summary>
    internal static void RequireOneDirective(ReadOnlySpan<byte> line, string argument)
    {
        if (line.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || line.IndexOfAnyInRange((byte)10, (byte)31) >= 0)
        {
            throw new ArgumentException("A directive must not hold line endings or other control characters.", argument);
        }

        if (LineClassifier.Classify(line, out _) != LineKind.Directive)
        {
            throw new ArgumentException($"'{Encoding.UTF8.GetString(line)}' is no directive: it is blank or a comment, begins a section, or begins with '.' or '['.", argument);
        }

        var document = ConfigDocument.Parse([.. "global\n"u8, .. line, (byte)'\n']);
        if (document.Diagnose().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } fault)
        {
            throw new ArgumentException($"HAProxy could not read the line: {fault.Message}.\n{fault.Render()}", argument);
        }
    }

    private static void RequireKeyword(string keyword)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyword);
        var word = StrictUtf8.GetBytes(keyword, nameof(keyword));
        if (!WordWriter.Quote(word).AsSpan().SequenceEqual(word)
            || LineClassifier.Classify(word, out _) != LineKind.Directive
            || keyword is "no" or "default")
        {
            throw new ArgumentException($"'{keyword}' is no keyword of a directive.", nameof(keyword));
        }
    }
}

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
            var bytes = Encoding.UTF8.GetBytes(keyword);
            return _section.DirectiveLines()
                .Where(line => new KeywordReader(_section.Syntax.LineSpan(line)).Keyword.Is(bytes))
                .Select(_section.GetDirective)
                .ToList();
        }
    }

    /// <summary>
    /// Adds a directive: behind the last one with its keyword that no condition decides about, else at the end of the
    /// section's directives,
    /// with the section's own indentation.
    /// </summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="arguments">The values, each written as one word and quoted as it needs to be.</param>
    /// <returns>The new directive.</returns>
    /// <exception cref="ArgumentException">The keyword would begin a section or is none, a value is empty or holds a
    /// control character, or there are more than 64 words.</exception>
    public Directive Add(string keyword, params ReadOnlySpan<string> arguments) =>
        _section.AddLine(Words(keyword, arguments));

    /// <summary>
    /// Adds a line written in HAProxy's own language, such as <c>http-request deny if { path_beg /admin }</c>; for its
    /// place see <see cref="Add"/>.
    /// </summary>
    /// <param name="line">One line. It is language, not a value: never put text from elsewhere into it.</param>
    /// <returns>The new directive.</returns>
    /// <exception cref="ArgumentException">The text is not exactly one directive that HAProxy can read.</exception>
    public Directive AddLine(string line) => _section.AddLine(RequireOneDirective(line, nameof(line)));

    /// <summary>
    /// Adds a line written as an interpolated string whose holes are values; for its place see <see cref="Add"/>.
    /// </summary>
    /// <param name="line">One line, from its keyword on.</param>
    /// <returns>The new directive.</returns>
    /// <exception cref="ArgumentException">A value cannot stand where its hole is, or HAProxy could not read the
    /// line.</exception>
    public Directive AddLine(RuleText line) => _section.AddLine(RuleComposer.Compose(_section, "", line));

    /// <summary>Puts a directive in front of another one, within the same conditions.</summary>
    /// <param name="before">A directive of this section.</param>
    /// <param name="keyword">The keyword.</param>
    /// <param name="arguments">The values, each written as one word and quoted as it needs to be.</param>
    /// <returns>The new directive.</returns>
    /// <exception cref="ArgumentException"><paramref name="before"/> stands in another section; else see
    /// <see cref="Add"/>.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="before"/> was removed.</exception>
    public Directive Insert(Directive before, string keyword, params ReadOnlySpan<string> arguments) =>
        _section.AddLine(Words(keyword, arguments), LineOf(before));

    /// <summary>
    /// Puts a line written in HAProxy's own language in front of a directive, within the same conditions.
    /// </summary>
    /// <param name="before">A directive of this section.</param>
    /// <param name="line">One line. It is language, not a value: never put text from elsewhere into it.</param>
    /// <returns>The new directive.</returns>
    /// <exception cref="ArgumentException">The text is not exactly one directive that HAProxy can read, or
    /// <paramref name="before"/> stands in another section.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="before"/> was removed.</exception>
    public Directive InsertLine(Directive before, string line) =>
        _section.AddLine(RequireOneDirective(line, nameof(line)), LineOf(before));

    /// <inheritdoc/>
    public IEnumerator<Directive> GetEnumerator() =>
        _section.DirectiveLines().ConvertAll(_section.GetDirective).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Throws unless a text is one directive and nothing else.</summary>
    /// <returns>The line without the blanks around it.</returns>
    internal static byte[] RequireOneDirective(string? text, string argument)
    {
        ArgumentNullException.ThrowIfNull(text, argument);
        var bytes = StrictUtf8.GetBytes(text, argument);
        if (bytes.AsSpan().IndexOfAnyInRange((byte)0, (byte)8) >= 0 || bytes.AsSpan().IndexOfAnyInRange((byte)10, (byte)31) >= 0)
        {
            throw new ArgumentException("A directive must not hold line endings or other control characters.", argument);
        }

        var line = Trim(bytes);
        if (LineClassifier.Classify(line, out _) != LineKind.Directive)
        {
            throw new ArgumentException(
                $"'{text}' is no directive: it is blank or a comment, begins a section, or begins with '.' or '['.", argument);
        }

        var document = ConfigDocument.Parse([.. "global\n"u8, .. line, (byte)'\n']);
        return document.Diagnose().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } fault
            ? throw new ArgumentException($"HAProxy could not read the line: {fault.Message}.\n{fault.Render()}", argument)
            : line;
    }

    /// <summary>From the first piece to the last; a blank that a backslash escapes is none.</summary>
    private static byte[] Trim(ReadOnlySpan<byte> line)
    {
        var (start, end) = (line.Length, 0);
        var scanner = new LineScanner(line);
        while (scanner.MoveNext())
        {
            if (scanner.Kind is not (LineTokenKind.Blank or LineTokenKind.LineEnd))
            {
                (start, end) = (Math.Min(start, scanner.Start), scanner.Span.End);
            }
        }

        return start < end ? line[start..end].ToArray() : [];
    }

    private static byte[] Words(string keyword, ReadOnlySpan<string> arguments)
    {
        var words = new List<byte[]> { RequireKeyword(keyword) };
        if (arguments.Length + 1 > LexicalRules.MaxWords)
        {
            throw new ArgumentException(
                $"The line would have {arguments.Length + 1} words; HAProxy reads no more than {LexicalRules.MaxWords}.",
                nameof(arguments));
        }

        foreach (var argument in arguments)
        {
            ArgumentNullException.ThrowIfNull(argument, nameof(arguments));
            words.Add(WordWriter.Quote(StrictUtf8.GetBytes(argument, nameof(arguments))));
        }

        return LineEditor.Join(words);
    }

    private static byte[] RequireKeyword(string keyword)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyword);
        var word = StrictUtf8.GetBytes(keyword, nameof(keyword));
        return WordWriter.DescribeRefusal(word) is null
            && WordWriter.Quote(word).AsSpan().SequenceEqual(word)
            && LineClassifier.Classify(word, out _) == LineKind.Directive
            && keyword is not ("no" or "default")
                ? word
                : throw new ArgumentException($"'{keyword}' is no keyword of a directive.", nameof(keyword));
    }

    private int LineOf(Directive before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return ReferenceEquals(before.Section, _section)
            ? before.Line
            : throw new ArgumentException("The directive stands in another section.", nameof(before));
    }
}

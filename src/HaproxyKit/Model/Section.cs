using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// One section of a configuration: a handle to the section itself, wherever edits move it. A handle whose section was removed throws.
/// </summary>
public class Section
{
    private HaproxyConfig? _config;
    private List<Directive?>? _lines;
    private SectionConditionals? _conditionals;
    private SectionSyntax? _conditionalsOf;

    internal Section(HaproxyConfig config, int ordinal) => (_config, Ordinal) = (config, ordinal);

    /// <summary>The configuration in which the section stands.</summary>
    /// <exception cref="InvalidOperationException">The section was removed.</exception>
    public HaproxyConfig Config => _config ?? throw new InvalidOperationException("The section was removed from its configuration.");

    /// <summary>Whether the section is still there.</summary>
    public bool IsRemoved => _config is null;

    /// <summary>The kind of section.</summary>
    public SectionKind Kind => Syntax.Kind;

    /// <summary>The section as it is written now: an immutable value.</summary>
    public SectionSyntax Syntax => Config.Document.GetSection(Ordinal);

    /// <summary>
    /// The name, decoded; empty where there is none. Setting it changes the header alone: directives that name this section keep the old name,
    /// and whether another section has the new name is not looked at.
    /// </summary>
    /// <exception cref="ArgumentException">HAProxy does not take the new name.</exception>
    /// <exception cref="InvalidOperationException">The header has no name to change, HAProxy cannot read it, or the section was removed.</exception>
    public string Name
    {
        get => Syntax.Name;
        set
        {
            var old = Name;
            if (value == old)
            {
                return;
            }

            var name = RequireName(Kind, value, nameof(value));
            if (old.Length == 0)
            {
                throw new InvalidOperationException($"This '{SectionKeywords.KeywordOf(Kind)}' has no name that could be changed.");
            }

            RewriteHeader(LineEditor.ReplaceWord(Syntax.LineSpan(Syntax.HeaderLine), 1, Encoding.ASCII.GetBytes(name)));
        }
    }

    /// <summary>All directives in order. Comments, blank lines and lines for the preprocessor are not among them.</summary>
    public DirectiveList Directives => new(this);

    /// <summary>
    /// The comments that belong to the section, directly above its header, without their number signs and the blanks around them. Setting them
    /// replaces them all; one that is the same in the same place stays as it is written.
    /// </summary>
    /// <exception cref="ArgumentException">A comment holds a line ending or another control character.</exception>
    /// <exception cref="InvalidOperationException">These are the lines before the first section.</exception>
    public IReadOnlyList<string> Comments
    {
        get
        {
            var syntax = Syntax;
            return [.. Enumerable.Range(0, Math.Max(0, syntax.HeaderLine)).Select(i => LineEditor.CommentOf(syntax.LineSpan(i)) ?? "")];
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (Kind == SectionKind.None)
            {
                throw new InvalidOperationException("The lines before the first section have no header that comments could stand above.");
            }

            var (old, syntax, ending) = (Comments, Syntax, LineEnding);
            var text = value.SelectMany((comment, i) =>
                i < old.Count && string.Equals(old[i], comment, StringComparison.Ordinal)
                    ? syntax.LineSpan(i).ToArray()
                    : [.. LineEditor.CommentBytes(comment), .. ending]).ToArray();
            if (!syntax.Bytes.Span[..syntax.OffsetOfLine(syntax.HeaderLine)].SequenceEqual(text))
            {
                ReplaceLines(0, syntax.HeaderLine, text);
            }
        }
    }

    /// <summary>The line of the header in the file, from 1; of the first line where there is no header.</summary>
    public int LineNumber => Config.Document.GetPosition(Ordinal).Line + Math.Max(0, Syntax.HeaderLine);

    /// <summary>The place among all sections of the document, kept up to date by the configuration.</summary>
    internal int Ordinal { get; set; }

    internal SectionConditionals Conditionals
    {
        get
        {
            var syntax = Syntax;
            if (_conditionals is null || !ReferenceEquals(_conditionalsOf, syntax))
            {
                (_conditionals, _conditionalsOf) = (new SectionConditionals(syntax), syntax);
            }

            return _conditionals;
        }
    }

    /// <summary>The line ending in use where the section stands: that of its header, or where it has none, of the line before.</summary>
    internal byte[] LineEnding
    {
        get
        {
            var syntax = Syntax;
            var line = syntax.LineSpan(Math.Max(0, syntax.HeaderLine));
            if (line[^1] != WordReader.Lf && (syntax.HeaderLine > 0 || Ordinal > 0))
            {
                var before = syntax.HeaderLine > 0 ? syntax : Config.Document.GetSection(Ordinal - 1);
                line = before.LineSpan(syntax.HeaderLine > 0 ? syntax.HeaderLine - 1 : before.LineCount - 1);
            }

            return line.EndsWith("\r\n"u8) ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
        }
    }

    /// <summary>
    /// Removes the section with the comments that belong to it. Lines of a condition that begins before the section or ends behind it stay,
    /// and so do directives elsewhere that name this section.
    /// </summary>
    /// <exception cref="InvalidOperationException">The section was removed already.</exception>
    public void Remove()
    {
        var syntax = Syntax;
        var kept = Conditionals.Unpaired.SelectMany(line => syntax.LineSpan(line).ToArray()).ToArray();
        ReplaceLines(0, syntax.LineCount, kept);
    }

    /// <summary>The section as written, with the comments that belong to it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsRemoved ? "(removed)" : Syntax.ToString();

    internal Directive GetDirective(int line)
    {
        _lines ??= [.. Enumerable.Repeat<Directive?>(null, Syntax.LineCount)];
        return _lines[line] ??= DirectiveTypes.Create(this, line);
    }

    /// <summary>The lines that are directives, as they are now.</summary>
    internal List<int> DirectiveLines()
    {
        var syntax = Syntax;
        var lines = new List<int>();
        for (var i = syntax.HeaderLine + 1; i < syntax.LineCount; i++)
        {
            if (LineClassifier.Classify(syntax.LineSpan(i), out _) == LineKind.Directive)
            {
                lines.Add(i);
            }
        }

        return lines;
    }

    /// <summary>The last line that no condition inside the section decides about, with a keyword and, where one is given, a first argument.</summary>
    internal Directive? LastUnconditional(string keyword, string? argument = null, DirectiveModifier? modifier = null) =>
        UnconditionalLines(Encoding.UTF8.GetBytes(keyword), argument, modifier) is [.., var last] ? GetDirective(last) : null;

    /// <summary>Removes all lines that no condition inside the section decides about, with a keyword and, where one is given, a first argument.</summary>
    internal void RemoveUnconditional(string keyword, string? argument)
    {
        foreach (var directive in UnconditionalLines(Encoding.UTF8.GetBytes(keyword), argument, modifier: null).ConvertAll(GetDirective))
        {
            directive.Remove();
        }
    }

    /// <summary>Adds a line of words: before a line, or behind the last unconditional line with its keyword, else at the end of the section's directives.</summary>
    internal Directive AddLine(ReadOnlySpan<byte> words, int? before = null)
    {
        var at = before ?? InsertionLine(words);
        var syntax = Syntax;
        var ending = LineEnding;
        if (at > 0 && syntax.LineSpan(at - 1)[^1] != WordReader.Lf)
        {
            ReplaceLines(at - 1, 1, [.. syntax.LineSpan(at - 1), .. ending]);
        }

        ReplaceLines(at, 0, [.. Indentation(before), .. words, .. ending]);
        return GetDirective(at);
    }

    /// <summary>Adds a line of words and lets a user fill it; when the user's code throws, the line is taken back.</summary>
    internal T AddLine<T>(ReadOnlySpan<byte> words, Action<T>? configure)
        where T : Directive
    {
        var old = Syntax;
        var directive = (T)AddLine(words);
        try
        {
            configure?.Invoke(directive);
        }
        catch
        {
            if (!directive.IsRemoved)
            {
                directive.Remove();
                RestoreOpenEnd(old);
            }

            throw;
        }

        return directive;
    }

    /// <summary>Takes the ending of the last line away again where the section had a last line without one.</summary>
    internal void RestoreOpenEnd(SectionSyntax old)
    {
        var last = Syntax.LineCount - 1;
        var open = old.LineSpan(old.LineCount - 1);
        if (last == old.LineCount - 1 && open[^1] != WordReader.Lf && Syntax.LineSpan(last).StartsWith(open))
        {
            ReplaceLines(last, 1, open);
        }
    }

    /// <summary>Whether sections of a kind have no name.</summary>
    internal static bool IsNameless(SectionKind kind) => kind is SectionKind.Global or SectionKind.NamespaceList or SectionKind.Traces;

    /// <summary>Throws when HAProxy would not take a name for a section of a kind.</summary>
    internal static string RequireName(SectionKind kind, string? name, string argument)
    {
        NameRules.Require(name, argument);
        return IsNameless(kind) ? throw new ArgumentException($"'{SectionKeywords.KeywordOf(kind)}' takes no name.", argument)
            : kind == SectionKind.Defaults && name == "from" ? throw new ArgumentException("'defaults from' would not be a section of that name.", argument)
            : name!;
    }

    /// <summary>A word of the header, decoded; null where it has fewer.</summary>
    private protected string? HeaderWord(int index)
    {
        foreach (var word in new WordEnumerator(Syntax.LineSpan(Syntax.HeaderLine)))
        {
            if (index-- == 0)
            {
                return word.ToString();
            }
        }

        return null;
    }

    private protected void RewriteHeader(byte[] line) => ReplaceLines(Syntax.HeaderLine, 1, line);

    /// <summary>The handle for a directive whose line has become another one: the same, unless the new keyword has another type.</summary>
    internal Directive Retype(Directive directive)
    {
        var line = directive.Line;
        var retyped = DirectiveTypes.Create(this, line);
        if (retyped.GetType() == directive.GetType())
        {
            return directive;
        }

        directive.Detach();
        return _lines![line] = retyped;
    }

    internal void ReplaceLines(int first, int count, ReadOnlySpan<byte> text) => Config.ReplaceLines(Ordinal, first, count, text);

    internal void Detach()
    {
        _config = null;
        foreach (var directive in _lines ?? [])
        {
            directive?.Detach();
        }

        _lines = null;
    }

    /// <summary>Follows a change of lines that stays within the section. A line that is replaced by one line is the same line.</summary>
    internal void FollowChange(int first, int removed, int added)
    {
        if (_lines is null || removed == added)
        {
            return;
        }

        foreach (var directive in _lines.Skip(first).Take(removed))
        {
            directive?.Detach();
        }

        _lines.RemoveRange(first, removed);
        _lines.InsertRange(first, Enumerable.Repeat<Directive?>(null, added));
        for (var i = first + added; i < _lines.Count; i++)
        {
            if (_lines[i] is { } directive)
            {
                directive.Line = i;
            }
        }
    }

    /// <summary>Gives up all handles to lines, for the configuration to hand out anew.</summary>
    internal IEnumerable<(int Line, Directive Directive)> ReleaseLines()
    {
        var lines = _lines;
        _lines = null;
        return (lines ?? []).Select((directive, line) => (line, directive)).Where(pair => pair.directive is not null).Select(pair => (pair.line, pair.directive!));
    }

    internal void TakeLine(int line, Directive directive)
    {
        _lines ??= [.. Enumerable.Repeat<Directive?>(null, Syntax.LineCount)];
        _lines[line] = directive;
        directive.MoveTo(this, line);
    }

    private int InsertionLine(ReadOnlySpan<byte> words)
    {
        var syntax = Syntax;
        var conditionals = Conditionals;

        // Behind a line that belongs to a condition around the header, the header may not be the section's own.
        var limit = conditionals.Unpaired.Count > 0 ? conditionals.Unpaired[0] : syntax.LineCount;
        var alike = UnconditionalLines(new KeywordReader(words).Keyword.ToBytes(), argument: null, modifier: null).FindLast(line => line < limit);
        if (alike > syntax.HeaderLine)
        {
            return alike + 1;
        }

        var at = syntax.HeaderLine + 1;
        for (var i = at; i < limit; i++)
        {
            var kind = LineClassifier.Classify(syntax.LineSpan(i), out _);
            at = conditionals.DepthAt(i) == 0 && kind is LineKind.Directive or LineKind.Dot ? i + 1 : at;
        }

        return at;
    }

    private List<int> UnconditionalLines(ReadOnlySpan<byte> keyword, string? argument, DirectiveModifier? modifier)
    {
        var (syntax, conditionals) = (Syntax, Conditionals);
        var first = argument is null ? null : Encoding.UTF8.GetBytes(argument);
        var lines = new List<int>();
        for (var i = syntax.HeaderLine + 1; i < syntax.LineCount; i++)
        {
            var line = syntax.LineSpan(i);
            if (conditionals.DepthAt(i) > 0 || LineClassifier.Classify(line, out _) != LineKind.Directive)
            {
                continue;
            }

            var words = new KeywordReader(line);
            if (words.Keyword.Is(keyword)
                && (modifier is null || words.Modifier == modifier)
                && (first is null || (words.TryReadArgument(out var word) && word.Is(first))))
            {
                lines.Add(i);
            }
        }

        return lines;
    }

    /// <summary>The blanks in front of the line given, else of the section's first directive, else of the sections before, else four.</summary>
    private byte[] Indentation(int? like)
    {
        if (like is { } given)
        {
            var line = Syntax.LineSpan(given);
            return line[..WordReader.SkipSpaces(line, 0)].ToArray();
        }

        var document = Config.Document;
        for (var ordinal = Ordinal; ordinal >= 0 && ordinal > Ordinal - 3; ordinal--)
        {
            var section = document.GetSection(ordinal);
            for (var i = section.HeaderLine + 1; i < section.LineCount; i++)
            {
                var line = section.LineSpan(i);
                if (LineClassifier.Classify(line, out _) == LineKind.Directive)
                {
                    return line[..WordReader.SkipSpaces(line, 0)].ToArray();
                }
            }
        }

        return "    "u8.ToArray();
    }
}

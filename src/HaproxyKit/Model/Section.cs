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
    /// The name, decoded; empty where there is none. Setting it changes the header alone: directives that name this section keep the old name.
    /// </summary>
    /// <exception cref="ArgumentException">HAProxy does not take the new name.</exception>
    /// <exception cref="InvalidOperationException">The header has no name to change, or the section was removed.</exception>
    public string Name
    {
        get => Syntax.Name;
        set
        {
            var name = NameRules.Require(value, nameof(value));
            if (Name.Length == 0)
            {
                throw new InvalidOperationException($"This '{SectionKeywords.KeywordOf(Kind)}' has no name that could be changed.");
            }

            var header = Syntax.HeaderLine;
            ReplaceLines(header, 1, LineEditor.ReplaceWord(Syntax.LineSpan(header), 1, Encoding.ASCII.GetBytes(name)));
        }
    }

    /// <summary>All directives in order. Comments, blank lines and lines for the preprocessor are not among them.</summary>
    public DirectiveList Directives => new(this);

    /// <summary>The comments that belong to the section, directly above its header, without their number signs. Setting them replaces them all.</summary>
    /// <exception cref="ArgumentException">A comment holds a control character.</exception>
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

            var ending = LineEnding;
            var text = value.SelectMany(comment => (byte[])[.. LineEditor.CommentBytes(comment), .. ending]).ToArray();
            ReplaceLines(0, Syntax.HeaderLine, text);
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

    /// <summary>The line ending in use where the section stands.</summary>
    internal byte[] LineEnding
    {
        get
        {
            var syntax = Syntax;
            return syntax.LineCount > 0 && syntax.LineSpan(Math.Max(0, syntax.HeaderLine)).EndsWith("\r\n"u8) ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
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
        ReplaceLines(0, syntax.LineCount, kept);    }

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

    /// <summary>The last line that no condition inside the section decides about and that fits.</summary>
    internal Directive? LastUnconditional(Func<Directive, bool> fits)
    {
        var conditionals = Conditionals;
        var lines = DirectiveLines();
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            if (conditionals.DepthAt(lines[i]) == 0 && GetDirective(lines[i]) is var directive && fits(directive))
            {
                return directive;
            }
        }

        return null;
    }

    /// <summary>Adds a line of words: behind the last unconditional line with its keyword, else at the end of the section's directives.</summary>
    internal Directive AddLine(ReadOnlySpan<byte> words, int? before = null)
    {
        var at = before ?? InsertionLine(words);
        var syntax = Syntax;
        var ending = LineEnding;
        if (at > 0 && syntax.LineSpan(at - 1)[^1] != (byte)'\n')
        {
            ReplaceLines(at - 1, 1, [.. syntax.LineSpan(at - 1), .. ending]);
        }

        ReplaceLines(at, 0, [.. Indentation(), .. words, .. ending]);
        return GetDirective(at);
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
        var keyword = Encoding.UTF8.GetString(words[..Math.Max(0, words.IndexOf((byte)' ') is var blank and >= 0 ? blank : words.Length)]);
        if (LastUnconditional(directive => directive.Keyword == keyword) is { } last)
        {
            return last.Line + 1;
        }

        var syntax = Syntax;
        var conditionals = Conditionals;
        var limit = conditionals.Unpaired.Count > 0 ? conditionals.Unpaired[0] : syntax.LineCount;
        var at = Math.Min(syntax.HeaderLine + 1, limit);
        for (var i = at; i < limit; i++)
        {
            var kind = LineClassifier.Classify(syntax.LineSpan(i), out _);
            at = conditionals.DepthAt(i) == 0 && kind is LineKind.Directive or LineKind.Dot ? i + 1 : at;
        }

        return conditionals.DepthAt(Math.Max(0, at - 1)) == 0 ? at : syntax.HeaderLine + 1;
    }

    /// <summary>The blanks in front of the section's first directive, else of the sections around it, else four.</summary>
    private byte[] Indentation()
    {
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

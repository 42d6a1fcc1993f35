using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Model.Properties;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <content>The handles of lines, and where lines are found and added.</content>
public partial class Section
{
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

    /// <summary>
    /// The last line that no condition inside the section decides about, with a keyword and, where one is given, a
    /// first argument.
    /// </summary>
    internal Directive? LastUnconditional(string keyword, string? argument = null, DirectiveModifier? modifier = null) =>
        UnconditionalLines(Encoding.UTF8.GetBytes(keyword), argument, modifier) is [.., var last] ? GetDirective(last) : null;

    /// <summary>
    /// The lines of which a condition inside the section decides, as <see cref="LastUnconditional"/> finds lines.
    /// </summary>
    internal List<Directive> ConditionalLines(string keyword, string? argument, DirectiveModifier? modifier) =>
        Matching(Encoding.UTF8.GetBytes(keyword), argument, modifier, conditional: true).ConvertAll(GetDirective);

    /// <summary>
    /// Removes all lines that no condition inside the section decides about, with a keyword and, where one is given, a
    /// first argument.
    /// </summary>
    internal void RemoveUnconditional(string keyword, string? argument)
    {
        foreach (var directive in UnconditionalLines(Encoding.UTF8.GetBytes(keyword), argument, modifier: null).ConvertAll(GetDirective))
        {
            directive.Remove();
        }
    }

    internal T? Get<T>(SectionProperty<T> property) => property.Get(this);

    internal void Set<T>(SectionProperty<T> property, T? value) => property.Set(this, value);

    /// <summary>
    /// Adds a line of words: before a line, or behind the last unconditional line with its keyword and the acls that
    /// it names, else at the end of the section's directives.
    /// </summary>
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

    /// <summary>
    /// Adds a line of words and lets a user fill it; when the user's code throws, the line is taken back.
    /// </summary>
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
    internal static bool IsNameless(SectionKind kind) =>
        kind is SectionKind.Global or SectionKind.NamespaceList or SectionKind.Traces;

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

    /// <summary>
    /// The handle for a directive whose line has become another one: the same, unless the new keyword has another type.
    /// </summary>
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

    internal void ReplaceLines(int first, int count, ReadOnlySpan<byte> text) =>
        Config.ReplaceLines(Ordinal, first, count, text);

    internal void Detach()
    {
        _config = null;
        foreach (var directive in _lines ?? [])
        {
            directive?.Detach();
        }

        _lines = null;
    }

    /// <summary>
    /// Follows a change of lines that stays within the section. A line that is replaced by one line is the same line.
    /// </summary>
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
        return (lines ?? []).Select((directive, line) => (line, directive!)).Where(pair => pair.Item2 is not null);
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
        var keyword = new KeywordReader(words).Keyword.ToBytes();
        var alike = UnconditionalLines(keyword, argument: null, modifier: null).FindLast(line => line < limit);
        if (alike > syntax.HeaderLine)
        {
            return BehindAcls(words, alike + 1, limit);
        }

        var at = syntax.HeaderLine + 1;
        for (var i = at; i < limit; i++)
        {
            var kind = LineClassifier.Classify(syntax.LineSpan(i), out _);
            at = conditionals.DepthAt(i) == 0 && kind is LineKind.Directive or LineKind.Dot ? i + 1 : at;
        }

        return at;
    }

    /// <summary>A place for a line that is not before the acls that its condition names, which HAProxy would refuse.</summary>
    private int BehindAcls(ReadOnlySpan<byte> words, int at, int limit)
    {
        var (syntax, conditionals, names) = (Syntax, Conditionals, default(HashSet<string>));
        for (var i = at; i < limit; i++)
        {
            var line = new KeywordReader(syntax.LineSpan(i));
            if (LineClassifier.Classify(syntax.LineSpan(i), out _) == LineKind.Directive
                && line.Keyword.Is("acl"u8) && line.TryReadArgument(out var name)
                && (names ??= AclNames(words)).Contains(name.ToString()))
            {
                at = i + 1;
                for (var end = i; conditionals.DepthAt(i) > 0 && end < limit; end++)
                {
                    if (conditionals.DepthAt(end) == 0)
                    {
                        at = end + 1;
                        break;
                    }
                }
            }
        }

        return at;
    }

    private HashSet<string> AclNames(ReadOnlySpan<byte> words)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var values = new List<byte[]>();
        foreach (var word in new WordEnumerator(words))
        {
            values.Add(word.ToBytes());
        }

        foreach (var slot in LineSlots.Read(Kind, words))
        {
            if (slot.Kind == ValueKind.AclName)
            {
                names.Add(Encoding.UTF8.GetString(values[slot.Word].AsSpan(slot.Start, slot.Length)));
            }
        }

        return names;
    }

    private List<int> UnconditionalLines(ReadOnlySpan<byte> keyword, string? argument, DirectiveModifier? modifier) =>
        Matching(keyword, argument, modifier, conditional: false);

    private List<int> Matching(ReadOnlySpan<byte> keyword, string? argument, DirectiveModifier? modifier, bool conditional)
    {
        var (syntax, conditionals) = (Syntax, Conditionals);
        var first = argument is null ? null : Encoding.UTF8.GetBytes(argument);
        var lines = new List<int>();
        for (var i = syntax.HeaderLine + 1; i < syntax.LineCount; i++)
        {
            var line = syntax.LineSpan(i);
            if (conditionals.DepthAt(i) > 0 != conditional || LineClassifier.Classify(line, out _) != LineKind.Directive)
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

    /// <summary>
    /// The blanks in front of the line given, else of the section's first directive, else of the sections before, else
    /// four.
    /// </summary>
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

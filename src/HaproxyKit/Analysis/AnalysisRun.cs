using System.Collections.Immutable;
using HaproxyKit.Analysis.Rules;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>One analysis: it goes over all lines once, and then over the names that were referred to.</summary>
internal sealed class AnalysisRun : IDisposable
{
    private const int MostGuesses = 1000;

    private readonly IReadOnlyList<ConfigDocument> _documents;
    private readonly AnalysisOptions _options;
    private readonly RuleSet _rules;
    private readonly LineContext _line;
    private readonly List<(int Document, int Line, bool IsOfRule, Diagnostic Finding)> _found = [];
    private readonly LineIndex?[] _lines;

    private int _document;
    private int _guesses;
    private int _number;
    private int _offset;
    private BranchTracker _branches = null!;

    internal AnalysisRun(IReadOnlyList<ConfigDocument> documents, AnalysisOptions options)
    {
        _documents = documents;
        _options = options;
        _lines = new LineIndex?[documents.Count];
        _rules = new RuleSet();
        _line = new LineContext(this);
        Catalog = HaproxyCatalog.For(options.Version);
        Criteria = new AclCriteria(Catalog);
        Symbols = new SymbolTable(Branches, documents);
    }

    internal HaproxyVersion Version => _options.Version;

    internal HaproxyCatalog Catalog { get; }

    internal SampleMemory<SampleType> Samples { get; } = new();

    internal SampleMemory<AclSample> AclSamples { get; } = new();

    internal AclCriteria Criteria { get; }

    /// <summary>Whether a near name may be looked for, which takes long: not for each word of a file that is no configuration.</summary>
    internal bool MayGuess() => _guesses++ < MostGuesses;

    internal int FindingCount => _found.Count;

    internal BranchList Branches { get; } = new();

    internal SymbolTable Symbols { get; }

    /// <summary>The names that are kept.</summary>
    internal NamePool Names => Symbols.Names;

    internal List<SectionContext> Sections { get; } = [];

    internal PagedList<Reference> References { get; } = new();

    /// <summary>The <c>defaults</c> seen last in this file or those before.</summary>
    internal SectionContext? LastDefaults { get; set; }

    /// <summary>Gives memory back; nothing may be asked for any more.</summary>
    public void Dispose()
    {
        Symbols.Dispose();
        References.Dispose();
    }

    internal ImmutableArray<Diagnostic> Analyze()
    {
        for (_document = 0; _document < _documents.Count; _document++)
        {
            Read(_documents[_document]);
        }

        for (var i = 0; i < References.Count; i++)
        {
            ref readonly var reference = ref References[i];
            foreach (var rule in _rules.OfReferences)
            {
                rule.Check(this, reference);
            }
        }

        foreach (var rule in _rules.OfConfiguration)
        {
            rule.Check(this);
        }

        return [.. _found
            .Where(found => found.Finding.Severity >= _options.MinimumSeverity && !_options.Ignored.Contains(found.Finding.Id))
            .OrderBy(found => found.Document).ThenBy(found => found.Line).ThenBy(found => found.IsOfRule)
            .Select(found => found.Finding)];
    }

    /// <summary>A finding about a place that was read before.</summary>
    internal void Report(DiagnosticSeverity severity, string id, Site site, string message, string? hint = null)
    {
        var document = _documents[site.Document];
        var line = (_lines[site.Document] ??= new LineIndex(document)).Line(site.Number);
        var place = new LinePlace(document.Path, site.Number, site.Offset, line, Branches[site.Branch] is { IsCertain: false });
        var shown = severity == DiagnosticSeverity.Error && place.IsInBranch ? DiagnosticSeverity.Warning : severity;
        Add(site.Document, place.Report(shown, id, site.Span, message, hint), isOfRule: true);
    }

    /// <summary>Takes down a reference. Of several <c>default_backend</c> of a section the last one counts.</summary>
    internal void Refer(SymbolKind kind, ReadOnlySpan<byte> name, in ValueContext value, CatalogEntry owner)
    {
        var section = value.Line.Section;
        var reference = new Reference(kind, Names.Add(name), value.Line.SiteOf(value.Word), section.Number, owner);
        if (reference.Site.Branch == 0 && kind == SymbolKind.Backend && owner.NameBytes.SequenceEqual("default_backend"u8))
        {
            if (section.DefaultBackend >= 0)
            {
                References[section.DefaultBackend] = reference;
                return;
            }

            section.DefaultBackend = References.Count;
        }

        References.Add(reference);
    }

    /// <summary>The place of some bytes of the line that is being read.</summary>
    internal Site SiteOf(TextSpan span) =>
        new(_document, _number, _offset, span, _branches.Current?.Number ?? 0);

    private void Add(int document, Diagnostic finding, bool isOfRule) =>
        _found.Add((document, finding.Location?.Line ?? 0, isOfRule, finding));

    private void Read(ConfigDocument document)
    {
        var syntax = new SyntaxChecker(document.Path, finding => Add(_document, finding, isOfRule: false));
        (_number, _offset) = (0, 0);
        _branches = new BranchTracker(this);
        SectionContext? context = null;
        foreach (var section in document.Sections)
        {
            for (var i = 0; i < section.LineCount; i++)
            {
                _number++;
                section.ReadWords(i, _line.Words);
                syntax.Check(section, i, _line.Words, _number, _offset);
                context = ReadLine(_line.Words, context);
                _offset += _line.Words.Line.Length;
            }
        }

        syntax.Finish();
        Close(context);
    }

    private SectionContext? ReadLine(LineWords words, SectionContext? context)
    {
        if (words.Count == 0 || words[0].IsEmpty)
        {
            return context;
        }

        if (words[0][0] == '.')
        {
            _branches.Read(words);
            return context;
        }

        if (words.HasTooMany || words.IsFaulty || _branches.IsSkipped)
        {
            return context;
        }

        var opened = SectionKeywords.KindOf(words[0]);
        if (opened != SectionKind.None)
        {
            Close(context);
            return Open(opened, words);
        }

        if (context is not null)
        {
            var skipped = words.Count > 1 && (words[0].SequenceEqual("no"u8) || words[0].SequenceEqual("default"u8)) ? 1 : 0;
            _line.Enter(context, skipped);
            CheckLine(_line);
        }

        return context;
    }

    private void CheckLine(LineContext line)
    {
        var name = NameMatch.Find(Catalog, EntryClass.Keyword, line.Section.Kind, new LineWordSource(line.Words));
        _rules.Check(line, name.Entry);
        if (name.Status == LookupStatus.Found)
        {
            if (!NamedDefaultsRule.Check(line, name.Entry))
            {
                return;
            }

            ValueRules.CheckName(line, name.NameIndex, name.Entry);
            DirectiveChecker.Check(line, name, _rules.Values);
        }
        else
        {
            KeywordRule.Check(line, name);
        }
    }

    private SectionContext Open(SectionKind kind, LineWords words)
    {
        var name = words.Count > 1 && !(kind == SectionKind.Defaults && words[1].SequenceEqual("from"u8)) ? Names.Add(words[1]) : default;
        var context = new SectionContext(Sections.Count + 1, kind, name, SiteOf(words.SpanOf(words.Count > 1 ? 1 : 0)));
        Sections.Add(context);
        _line.Enter(context, 0);
        _rules.CheckHeader(_line);
        return context;
    }

    private void Close(SectionContext? context)
    {
        if (context is not null)
        {
            _rules.CheckSection(context, this);
        }
    }
}

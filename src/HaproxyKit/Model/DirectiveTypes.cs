using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Which directives and sections have a type of their own.</summary>
internal static class DirectiveTypes
{
    internal static Directive Create(Section section, int line)
    {
        var words = new WordEnumerator(section.Syntax.LineSpan(line));
        words.MoveNext();
        return words.Current.ToString() switch
        {
            Bind.KeywordText => new Bind(section, line),
            Server.KeywordText => new Server(section, line),
            UseBackend.KeywordText => new UseBackend(section, line),
            StickTable.KeywordText => new StickTable(section, line),
            Stick.KeywordText => new Stick(section, line),
            _ => new Directive(section, line),
        };
    }

    internal static Section Create(HaproxyConfig config, int ordinal) => config.Document.GetSection(ordinal).Kind switch
    {
        SectionKind.Global => new Global(config, ordinal),
        SectionKind.Defaults => new Defaults(config, ordinal),
        SectionKind.Frontend => new Frontend(config, ordinal),
        SectionKind.Backend => new Backend(config, ordinal),
        SectionKind.Listen => new Listen(config, ordinal),
        _ => new Section(config, ordinal),
    };

    internal static SectionKind KindOf<T>()
        where T : Section =>
        typeof(T) == typeof(Global) ? SectionKind.Global
        : typeof(T) == typeof(Defaults) ? SectionKind.Defaults
        : typeof(T) == typeof(Frontend) ? SectionKind.Frontend
        : typeof(T) == typeof(Backend) ? SectionKind.Backend
        : typeof(T) == typeof(Listen) ? SectionKind.Listen
        : SectionKind.None;
}

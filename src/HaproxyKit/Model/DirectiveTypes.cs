using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// Which directives and sections have a type of their own. A directive's type follows from its keyword, which no edit
/// changes.
/// </summary>
internal static class DirectiveTypes
{
    internal static Directive Create(Section section, int line)
    {
        var keyword = new KeywordReader(section.Syntax.LineSpan(line)).Keyword;
        return
            keyword.Is("server"u8) ? new Server(section, line)
            : keyword.Is("bind"u8) ? new Bind(section, line)
            : keyword.Is("use_backend"u8) ? new UseBackend(section, line)
            : keyword.Is("stick-table"u8) ? new StickTable(section, line)
            : keyword.Is("stick"u8) ? new Stick(section, line)
            : new Directive(section, line);
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
}

using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>Finds nothing; takes down what rules about whole sections ask for.</summary>
internal sealed class SectionFactsRule : ILineRule
{
    public IReadOnlyList<string> Keywords => ["mode", "stick-table", "table", "timeout", "stats"];

    public void Check(LineContext line)
    {
        var section = line.Section;
        var argument = line.Argument(0);
        switch (line.Keyword)
        {
            case [(byte)'m', ..]:
                var mode = argument.SequenceEqual("http"u8) ? ProxyModes.Http
                    : argument.SequenceEqual("tcp"u8) ? ProxyModes.Tcp
                    : argument.SequenceEqual("log"u8) ? ProxyModes.Log
                    : ProxyModes.Other;
                section.Modes = line.SiteOf(line.First).Branch == 0 ? mode : section.Modes | mode;
                break;
            case [(byte)'t', (byte)'a', ..] when section.Kind == SectionKind.Peers:
                byte[] name = [.. line.Run.Names[section.Name], (byte)'/', .. argument];
                line.Run.Symbols.Define(SymbolKind.Table, name, line.SiteOf(line.First), section, out _);
                break;
            case [(byte)'t', (byte)'i', ..]:
                section.Traits |= argument.SequenceEqual("client"u8) ? SectionTraits.TimeoutClient
                    : argument.SequenceEqual("server"u8) ? SectionTraits.TimeoutServer
                    : argument.SequenceEqual("connect"u8) ? SectionTraits.TimeoutConnect
                    : argument.SequenceEqual("tunnel"u8) ? SectionTraits.TimeoutTunnel
                    : SectionTraits.None;
                break;
            case [(byte)'s', (byte)'t', (byte)'i', ..]:
                section.Traits |= SectionTraits.StickTable;
                break;
            case [(byte)'s', (byte)'t', (byte)'a', ..]:
                section.Traits |= argument.SequenceEqual("auth"u8) ? SectionTraits.StatsAuth : SectionTraits.None;
                break;
        }
    }
}

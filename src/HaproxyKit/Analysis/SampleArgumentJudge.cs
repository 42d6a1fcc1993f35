using System.Buffers.Text;
using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;


namespace HaproxyKit.Analysis;

/// <summary>Judges the arguments of one sample fetch or converter.</summary>
internal static class SampleArgumentJudge
{
    internal static bool Check(in ValueContext value, SampleExpressionScanner call, CatalogEntry entry)
    {
        var expected = entry.Arguments;
        if (call.ArgumentCount > expected.MaximumCount)
        {
            return Wrong(
                value, call.Arguments, expected.MaximumCount == 0
                    ? $"'{entry.Name}' takes no arguments"
                    : $"'{entry.Name}' takes {expected.MaximumCount} arguments at most, and gets {call.ArgumentCount}");
        }

        if (call.ArgumentCount < expected.MinimumCount && !IsImplied(expected, call.ArgumentCount))
        {
            return Wrong(value, call.Name, $"'{entry.Name}' needs {expected.MinimumCount} arguments, and gets {call.ArgumentCount}");
        }

        var index = 0;
        foreach (var argument in new SampleArgumentScanner(value.Value, call.Arguments))
        {
            var text = value.Value.Slice(argument.Start, argument.Length);
            if (!IsRight(value, expected[index++], argument, text, entry))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>No argument is an empty text, or the proxy of the line, where one text or proxy is asked for.</summary>
    private static bool IsImplied(SampleArguments expected, int count) =>
        count == 0 && expected.MinimumCount == 1
        && expected[0] is SampleArgumentKind.Backend or SampleArgumentKind.Frontend or SampleArgumentKind.Table or SampleArgumentKind.Text;

    private static bool IsRight(
        in ValueContext value, SampleArgumentKind kind, TextSpan span, ReadOnlySpan<byte> text, CatalogEntry entry)
    {
        if (text.ContainsAny("\"'\\"u8))
        {
            return true;
        }

        switch (kind)
        {
            case SampleArgumentKind.Number:
                return (text.IsEmpty || (Utf8Parser.TryParse(text, out long _, out var read) && read == text.Length))
                    || Wrong(value, span, $"'{Encoding.UTF8.GetString(text)}' is no number, which '{entry.Name}' takes here");
            case SampleArgumentKind.Ipv4Mask:
                return IsMask(text, 32)
                    || Wrong(value, span, $"'{Encoding.UTF8.GetString(text)}' is no mask for IPv4, which '{entry.Name}' takes here");
            case SampleArgumentKind.Ipv6Mask:
                return IsMask(text, 128)
                    || Wrong(value, span, $"'{Encoding.UTF8.GetString(text)}' is no mask for IPv6, which '{entry.Name}' takes here");
            case SampleArgumentKind.Backend or SampleArgumentKind.Frontend or SampleArgumentKind.Table
                or SampleArgumentKind.Server or SampleArgumentKind.Userlist:
                Refer(value, kind, text, entry);
                return true;
            default:
                return true;
        }
    }

    private static bool IsMask(ReadOnlySpan<byte> text, int bits) =>
        Utf8Parser.TryParse(text, out int number, out var read) && read == text.Length
            ? number >= 0 && number <= bits
            : text.ContainsAny(".:"u8);

    private static void Refer(in ValueContext value, SampleArgumentKind kind, ReadOnlySpan<byte> name, CatalogEntry entry)
    {
        if (name.IsEmpty)
        {
            return;
        }

        value.Line.Run.Refer(
            kind switch
            {
                SampleArgumentKind.Backend => SymbolKind.Backend,
                SampleArgumentKind.Frontend => SymbolKind.Frontend,
                SampleArgumentKind.Server => SymbolKind.Server,
                SampleArgumentKind.Userlist => SymbolKind.Userlist,
                _ => SymbolKind.Table,
            },
            name, value, entry);
    }

    private static bool Wrong(in ValueContext value, TextSpan span, string message)
    {
        value.Report(DiagnosticSeverity.Error, DiagnosticIds.WrongSampleArguments, span.Start, span.Length, message);
        return false;
    }
}

using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>Where the expressions of a line are evaluated, by its keyword and its section.</summary>
internal static class SamplePlace
{
    internal static RuleContexts Of(LineContext line)
    {
        var (front, back) = Of(line.Keyword, line.Argument(0));
        return line.Section.Kind == Syntax.SectionKind.Defaults
            ? front | back
            : (line.Section.IsFrontend ? front : RuleContexts.None) | (line.Section.IsBackend ? back : RuleContexts.None);
    }

    private static (RuleContexts Front, RuleContexts Back) Of(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> next) => keyword switch
    {
        _ when keyword.SequenceEqual("http-request"u8) || keyword.SequenceEqual("redirect"u8) =>
            (RuleContexts.FrontendRequestHeader, RuleContexts.BackendRequestHeader),
        _ when keyword.SequenceEqual("http-response"u8) || keyword.SequenceEqual("http-after-response"u8) =>
            (RuleContexts.FrontendResponseHeader, RuleContexts.BackendResponseHeader),
        _ when keyword.SequenceEqual("tcp-request"u8) => next switch
        {
            _ when next.SequenceEqual("connection"u8) => (RuleContexts.FrontendConnection, RuleContexts.None),
            _ when next.SequenceEqual("session"u8) => (RuleContexts.FrontendSession, RuleContexts.None),
            _ => (RuleContexts.FrontendRequestContent, RuleContexts.BackendRequestContent),
        },
        _ when keyword.SequenceEqual("tcp-response"u8) =>
            (RuleContexts.FrontendResponseContent, RuleContexts.BackendResponseContent),
        _ when keyword.SequenceEqual("use_backend"u8) => (RuleContexts.UseBackend, RuleContexts.None),
        _ when keyword.SequenceEqual("use-server"u8) => (RuleContexts.None, RuleContexts.SetServer),
        _ when keyword.SequenceEqual("log-format"u8) || keyword.SequenceEqual("log-format-sd"u8)
            || keyword.SequenceEqual("error-log-format"u8) => (RuleContexts.Log, RuleContexts.None),
        _ when keyword.SequenceEqual("unique-id-format"u8) => (RuleContexts.FrontendRequestHeader, RuleContexts.None),
        _ when keyword.SequenceEqual("stick"u8) => (
            RuleContexts.None, next.SequenceEqual("store-response"u8) ? RuleContexts.StickStore : RuleContexts.SetServer),
        _ when keyword.SequenceEqual("http-check"u8) || keyword.SequenceEqual("tcp-check"u8) =>
            (RuleContexts.Check, RuleContexts.Check),
        _ => (RuleContexts.None, RuleContexts.None),
    };
}

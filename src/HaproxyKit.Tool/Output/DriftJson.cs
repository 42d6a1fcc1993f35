using HaproxyKit.Control.Drift;

namespace HaproxyKit.Tool.Output;

/// <summary>One thing in which file and HAProxy differ, as JSON.</summary>
/// <param name="What">What it is about.</param>
/// <param name="File">What the file says.</param>
/// <param name="Haproxy">What HAProxy says.</param>
/// <param name="ByHand">Whether it is an operator's doing at run time, which is kept.</param>
/// <param name="Text">The same for people.</param>
internal sealed record DriftJson(string What, string File, string Haproxy, bool ByHand, string Text)
{
    internal static DriftJson Of(DriftItem item) => new(item.What, item.FileSays, item.HaproxySays, item.IsByHand, item.ToString());
}

using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Tool.Running;

/// <summary>Which HAProxy is meant, and where the last changes are kept.</summary>
internal sealed record ControlSettings(HaproxyOptions Options, string StateFolder)
{
    internal string Target => Options.ConfigFile;
}

using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

/// <summary>
/// A program in the place of <c>systemctl</c>, since a machine that builds rarely runs systemd. It does to the real master what the
/// packaged unit does at <c>reload</c>: HAProxy checks its file, and then the master is signalled.
/// </summary>
internal static class StandInSystemctl
{
    internal const string Unit = "haproxy@test.service";

    internal static string WriteTo(HaproxyInstance instance)
    {
        var path = Path.Combine(instance.Folder, "systemctl");
        if (!File.Exists(path))
        {
            File.WriteAllText(path + ".next", $"""
                #!/bin/sh
                [ "$#" = 3 ] && [ "$1" = --no-ask-password ] && [ "$2" = reload ] || exit 2
                [ "$3" = {Unit} ] || { "{" } echo "Failed to reload $3: Unit $3 not found." >&2; exit 5; { "}" }
                {instance.Program} -c -q -f {instance.ConfigPath} >/dev/null 2>&1 || { "{" } echo "Job for $3 failed." >&2; exit 1; { "}" }
                exec kill -USR2 {instance.MasterPid}

                """);
            Shell.Run("chmod", "u+x", path + ".next");
            File.Move(path + ".next", path);
        }

        return path;
    }
}

using HaproxyKit.Control.Reloading;

namespace HaproxyKit.Control.Deployment;

/// <summary>Where the HAProxy is that programs control, and how it is started and reloaded.</summary>
public sealed class HaproxyOptions
{
    /// <summary>Where these settings stand in a configuration of settings.</summary>
    public const string SectionName = "Haproxy";

    /// <summary>The file that is changed: the operator's own, or better a file of our own that HAProxy reads last.</summary>
    /// <value>The default is <c>/etc/haproxy/haproxy.cfg</c>.</value>
    public string ConfigFile { get; set; } = "/etc/haproxy/haproxy.cfg";

    /// <summary>The socket of the Runtime API, <c>stats socket</c> with level admin: a path, or host and port.</summary>
    /// <value>The default is <c>/run/haproxy/admin.sock</c>, as on Debian.</value>
    public string StatsSocket { get; set; } = "/run/haproxy/admin.sock";

    /// <summary>The socket of the master, given to HAProxy with <c>-S</c>, or null: then it is reloaded by a signal to the process in <see cref="PidFile"/>.</summary>
    /// <value>The default is null.</value>
    public string? MasterSocket { get; set; }

    /// <summary>The file with the master's process id, given to HAProxy with <c>-p</c>.</summary>
    /// <value>The default is <c>/run/haproxy.pid</c>, as on Debian.</value>
    public string PidFile { get; set; } = "/run/haproxy.pid";

    /// <summary>The program, where <see cref="ConfigFiles"/> is told.</summary>
    /// <value>The default is <c>/usr/sbin/haproxy</c>.</value>
    public string Executable { get; set; } = "/usr/sbin/haproxy";

    /// <summary>
    /// All files and folders that HAProxy reads, in order, where they are told rather than read from the running master. With them
    /// <see cref="WorkingFolder"/> and the environment of this process are what a check sees.
    /// </summary>
    /// <value>Empty by default: what the running master was started with.</value>
    public IList<string> ConfigFiles { get; } = [];

    /// <summary>The folder that relative paths begin at, where <see cref="ConfigFiles"/> is told.</summary>
    /// <value>The default is <c>/</c>.</value>
    public string WorkingFolder { get; set; } = "/";

    /// <summary>How HAProxy is told to load its files again.</summary>
    /// <value>The default is <see cref="ReloadStrategy.Automatic"/>: by the master's socket where one is set, else by a signal.</value>
    public ReloadStrategy Reload { get; set; }

    /// <summary>The unit that systemd reloads, for <see cref="ReloadStrategy.Systemd"/>.</summary>
    /// <value>The default is <c>haproxy.service</c>.</value>
    public string SystemdUnit { get; set; } = "haproxy.service";

    /// <summary>The full path of systemctl, for <see cref="ReloadStrategy.Systemd"/>.</summary>
    /// <value>The default is <c>/usr/bin/systemctl</c>.</value>
    public string Systemctl { get; set; } = SystemdReloader.DefaultSystemctl;

    /// <summary>
    /// The program that reloads HAProxy, by its full path, and its arguments, for <see cref="ReloadStrategy.Command"/>. No shell reads
    /// them.
    /// </summary>
    /// <value>Empty by default.</value>
    public IList<string> ReloadCommand { get; } = [];

    /// <summary>How long a reload may take until the new worker serves.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ReloadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time from the beginning of one reload to that of the next, at least; all changes that wait share the next one.</summary>
    /// <value>The default is 2 seconds; with zero each reload only waits for the one before it. At most an hour.</value>
    public TimeSpan ReloadInterval { get; set; } = CoalescingReloader.DefaultInterval;

    /// <summary>How many workers of earlier configurations there may be, each with the memory of a whole HAProxy, before a reload is put off.</summary>
    /// <value>The default is 4.</value>
    public int MaxOldWorkers { get; set; } = 4;

    /// <summary>
    /// Whether a reload for our changes may make live what somebody else has saved in other sections, and has not had loaded yet
    /// (<see cref="DeployerOptions.AppliesForeignLines"/>).
    /// </summary>
    /// <value>The default is true.</value>
    public bool AppliesForeignLines { get; set; } = true;

    /// <summary>
    /// How long after a change that HAProxy was not asked about before, because it only moved servers of managed sections, HAProxy checks the
    /// file, once for all such changes.
    /// </summary>
    /// <value>The default is a second. At most an hour.</value>
    public TimeSpan CheckDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is looked whether HAProxy still follows the file; somebody else's reload is looked at within a second.</summary>
    /// <value>The default is a minute; with zero it is never looked. At most a day.</value>
    public TimeSpan DriftInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether frontend ports may lie in the range from which the system takes ports for outgoing connections.</summary>
    /// <value>False by default: such a port may be taken at the moment of a reload, and then every frontend refuses.</value>
    public bool AllowEphemeralPorts { get; set; }
}

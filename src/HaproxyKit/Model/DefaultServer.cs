namespace HaproxyKit.Model;

/// <summary>
/// A <c>default-server</c> line: what the servers behind it begin with, in its own section and, in <c>defaults</c>,
/// in others (configuration manual, chapter 4.2).
/// </summary>
public sealed class DefaultServer : ServerLine
{
    internal DefaultServer(Section section, int line)
        : base(section, line)
    {
    }
}

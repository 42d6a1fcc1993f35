namespace HaproxyKit.Model;

/// <summary>A <c>stick</c> line: what keeps a client with its server (configuration manual, chapter 4.2).</summary>
public sealed class Stick : Directive
{
    internal const string KeywordText = "stick";

    internal Stick(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// What the line does: <c>on</c>, <c>match</c>, <c>store-request</c>, <c>store-response</c>; empty where the line
    /// breaks off before it.
    /// </summary>
    public string Action => Arguments.Count > 0 ? Arguments[0].Value : "";

    /// <summary>
    /// The expression that names the client, for example <c>src</c>; empty where the line breaks off before it.
    /// </summary>
    public string Expression => Arguments.Count > 1 ? Arguments[1].Value : "";
}

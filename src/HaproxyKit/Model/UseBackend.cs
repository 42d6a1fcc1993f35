namespace HaproxyKit.Model;

/// <summary>
/// A <c>use_backend</c> line: which backend takes a request, and when (configuration manual, chapter 4.2).
/// </summary>
public sealed class UseBackend : Directive
{
    internal const string KeywordText = "use_backend";

    internal UseBackend(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// The backend's name, or an expression that gives it; empty where the line breaks off before it.
    /// </summary>
    /// <exception cref="ArgumentException">The new name is empty or holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The line breaks off before the name.</exception>
    public string Backend
    {
        get => Arguments.Count > 0 ? Arguments[0].Value : "";
        set
        {
            if (Arguments.Count == 0)
            {
                throw new InvalidOperationException("The line breaks off before the backend's name.");
            }

            Arguments[0].Value = value;
        }
    }

    /// <summary>The condition as written, from <c>if</c> or <c>unless</c> on; empty for a line without one.</summary>
    public string Condition => string.Join(' ', Arguments.Skip(1).Select(argument => argument.Raw));
}

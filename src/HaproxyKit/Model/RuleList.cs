namespace HaproxyKit.Model;

/// <summary>
/// The lines of a section with one keyword, whose order matters, as they are at the moment of looking.
/// </summary>
/// <typeparam name="T">The type of line.</typeparam>
public class RuleList<T> : TypedDirectiveList<T>
    where T : Directive
{
    internal RuleList(Section section, string keyword)
        : base(section, keyword)
    {
    }
}

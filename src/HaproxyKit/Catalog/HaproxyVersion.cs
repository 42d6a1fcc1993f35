using System.Globalization;

namespace HaproxyKit.Catalog;

/// <summary>A branch of HAProxy, such as 3.0. Patch levels do not change the language.</summary>
/// <param name="Major">The number before the dot.</param>
/// <param name="Minor">The number behind the dot.</param>
public readonly record struct HaproxyVersion(int Major, int Minor) : IComparable<HaproxyVersion>
{
    /// <summary>2.6, the oldest branch that the catalog knows.</summary>
    public static HaproxyVersion V2_6 => new(2, 6);

    /// <summary>3.0.</summary>
    public static HaproxyVersion V3_0 => new(3, 0);

    /// <summary>3.2.</summary>
    public static HaproxyVersion V3_2 => new(3, 2);

    /// <summary>3.5, the newest branch that the catalog knows; still in development.</summary>
    public static HaproxyVersion V3_5 => new(3, 5);

    /// <summary>
    /// Reads a version as HAProxy prints it. What follows the minor number behind a dot or a dash is not looked at.
    /// </summary>
    /// <param name="text">For example <c>3.0</c>, <c>2.6.12-1+deb12u2</c> or <c>3.5-dev3</c>.</param>
    /// <param name="version">The branch.</param>
    /// <returns>False when the text begins with no version.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out HaproxyVersion version)
    {
        version = default;
        var dot = text.IndexOf('.');
        if (dot <= 0 || !IsNumber(text[..dot], out var major))
        {
            return false;
        }

        var rest = text[(dot + 1)..];
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        if (end >= 0 && rest[end] is not ('.' or '-' or '+'))
        {
            return false;
        }

        if (!IsNumber(end < 0 ? rest : rest[..end], out var minor))
        {
            return false;
        }

        version = new HaproxyVersion(major, minor);
        return true;
    }

    /// <summary>Whether one branch is older than another.</summary>
    /// <param name="left">One branch.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(HaproxyVersion left, HaproxyVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one branch is newer than another.</summary>
    /// <param name="left">One branch.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(HaproxyVersion left, HaproxyVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one branch is not newer than another.</summary>
    /// <param name="left">One branch.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(HaproxyVersion left, HaproxyVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one branch is not older than another.</summary>
    /// <param name="left">One branch.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(HaproxyVersion left, HaproxyVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(HaproxyVersion other) =>
        Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>The version as HAProxy prints it.</summary>
    /// <returns>For example <c>3.0</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static bool IsNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && digits.Length <= 3;
}

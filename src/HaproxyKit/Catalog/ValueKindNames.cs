using System.Text;

namespace HaproxyKit.Catalog;

/// <summary>How signatures write the kinds of values: <c>header-name</c> in lower case with dashes.</summary>
internal static class ValueKindNames
{
    private static readonly string[] Names = [.. Enum.GetNames<ValueKind>().Select(Dashed)];

    internal static string NameOf(ValueKind kind) => Names[(int)kind];

    /// <summary>The kind of a name.</summary>
    /// <returns>False when there is no such kind.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> name, out ValueKind kind)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (Ascii.Equals(name, Names[i]))
            {
                kind = (ValueKind)i;
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static string Dashed(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}

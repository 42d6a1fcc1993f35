namespace HaproxyKit.Expressions;

/// <summary>The names of the matching methods.</summary>
public static class AclMatchMethods
{
    private static readonly string[] Names =
        ["", "found", "bool", "int", "ip", "bin", "len", "str", "beg", "sub", "dir", "dom", "end", "reg"];

    /// <summary>The method's name behind <c>-m</c>.</summary>
    /// <param name="method">The method.</param>
    /// <returns>For example <c>str</c>; empty for <see cref="AclMatchMethod.Unspecified"/>.</returns>
    public static string NameOf(AclMatchMethod method) => Names[(int)method];

    /// <summary>Reads a method's name.</summary>
    /// <param name="name">What stands behind <c>-m</c>.</param>
    /// <param name="method">The method, or <see cref="AclMatchMethod.Unspecified"/>.</param>
    /// <returns>False where HAProxy knows no such method.</returns>
    public static bool TryParse(ReadOnlySpan<byte> name, out AclMatchMethod method)
    {
        for (var i = 1; i < Names.Length; i++)
        {
            if (System.Text.Ascii.Equals(name, Names[i]))
            {
                method = (AclMatchMethod)i;
                return true;
            }
        }

        method = AclMatchMethod.Unspecified;
        return false;
    }

    /// <summary>Whether the patterns are numbers and ranges, with operators between them.</summary>
    /// <param name="method">The method.</param>
    /// <returns>True for <c>int</c> and <c>len</c>.</returns>
    public static bool TakesNumbers(AclMatchMethod method) => method is AclMatchMethod.Number or AclMatchMethod.Length;
}

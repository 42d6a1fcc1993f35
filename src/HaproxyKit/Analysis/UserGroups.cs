using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>
/// The patterns of <c>http_auth_group</c>: groups of the userlist that it names (configuration manual, chapter 7.3.6).
/// </summary>
internal static class UserGroups
{
    private const byte Separator = 0;

    private static readonly SignatureSlot GroupSlot = new(ValueKind.Word);

    /// <summary>Takes down the groups that an ACL refers to.</summary>
    internal static void Refer(in LineContext line, int sample, int end, CatalogEntry entry)
    {
        var text = line.Words[sample];
        var opening = text.IndexOf((byte)'(');
        if (opening < 0 || text[^1] != ')' || text.ContainsAny("\"'\\,"u8))
        {
            return;
        }

        var list = text[(opening + 1)..^1];
        var scanner = AclScanner.OfExpression();
        scanner.Next("src"u8);
        for (var i = sample + 1; i < end && !line.Words.HasVariables(i) && scanner.Next(line.Words[i]); i++)
        {
            if (scanner.Role == AclWordRole.Pattern)
            {
                byte[] name = [.. list, Separator, .. line.Words[i]];
                var value = new ValueContext(line, i, line.Words[i], GroupSlot, entry, -1);
                line.Run.Refer(SymbolKind.Group, name, value, entry);
            }
        }
    }

    /// <summary>
    /// Whether the group of a reference is in its userlist; a userlist that is missing is told by itself.
    /// </summary>
    internal static bool Exists(AnalysisRun run, ReadOnlySpan<byte> name, out string what)
    {
        var separator = name.IndexOf(Separator);
        var list = name[..separator];
        var group = name[(separator + 1)..];
        var exists = !run.Symbols.TryFind(SymbolKind.Userlist, list, out var userlist)
            || run.Symbols.Contains(SymbolKind.Group, group, run.Symbols[userlist].Section);
        what = exists
            ? ""
            : $"the userlist '{Encoding.UTF8.GetString(list)}' has no group '{Encoding.UTF8.GetString(group)}'";
        return exists;
    }
}

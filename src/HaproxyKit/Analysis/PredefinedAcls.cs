using System.Collections.Frozen;
using System.Text;

namespace HaproxyKit.Analysis;

/// <summary>The ACLs that exist without being defined (configuration manual, chapter 7.4).</summary>
internal static class PredefinedAcls
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "FALSE", "HTTP", "HTTP_1.0", "HTTP_1.1", "HTTP_2.0", "HTTP_3.0", "HTTP_CONTENT", "HTTP_URL_ABS", "HTTP_URL_SLASH",
        "HTTP_URL_STAR", "LOCALHOST", "METH_CONNECT", "METH_DELETE", "METH_GET", "METH_HEAD", "METH_OPTIONS", "METH_PATCH",
        "METH_POST", "METH_PUT", "METH_TRACE", "RDP_COOKIE", "REQ_CONTENT", "TRUE", "WAIT_END",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal static bool Contains(ReadOnlySpan<byte> name) => Names.Contains(Encoding.UTF8.GetString(name));
}

using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>Which types of samples HAProxy turns into which others by itself (configuration manual, chapter 7.3).</summary>
internal static class SampleCasts
{
    /// <summary>Whether a sample of one type can be used where another is wanted.</summary>
    internal static bool Exists(SampleType from, SampleType to, HaproxyVersion version) =>
        from == to
        || from is SampleType.Any or SampleType.None or SampleType.Same
        || to is SampleType.Any or SampleType.None or SampleType.Same
        || from switch
        {
            SampleType.Boolean => to is SampleType.Number or SampleType.Text
                || (to == SampleType.Boolean),
            SampleType.Number => to is SampleType.Boolean or SampleType.Address or SampleType.Ipv4 or SampleType.Ipv6
                or SampleType.Text or SampleType.Binary,
            SampleType.Address => to is SampleType.Ipv4 or SampleType.Ipv6 or SampleType.Text or SampleType.Binary,
            SampleType.Ipv4 => to is SampleType.Number or SampleType.Address or SampleType.Ipv6 or SampleType.Text
                or SampleType.Binary,
            SampleType.Ipv6 => to is SampleType.Address or SampleType.Ipv4 or SampleType.Text or SampleType.Binary,
            SampleType.Text => true,
            SampleType.Binary => to == SampleType.Text || (to == SampleType.Number && version > HaproxyVersion.V3_2),
            SampleType.Method => to is SampleType.Text or SampleType.Binary,
            _ => false,
        };
}

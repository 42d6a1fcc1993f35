namespace HaproxyKit.Analysis;

/// <summary>Whether a condition holds, as far as that can be told without the machine.</summary>
internal enum Truth : byte
{
    Unknown,
    No,
    Yes,
}

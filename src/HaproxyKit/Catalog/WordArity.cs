using System.Text;

namespace HaproxyKit.Catalog;

/// <summary>
/// Which words of a line take a value behind them, in any version, so that a value is never taken for a word: what the
/// signatures of the catalog say of it.
/// </summary>
internal static class WordArity
{
    private const int LongestName = 128;

    /// <summary>How many of a directive's arguments come before its first named word.</summary>
    internal static int Positional(string keyword)
    {
        var steps = SignatureOf(keyword).Steps;
        var count = 0;
        while (steps[count].Operation == SignatureOperation.Value)
        {
            count++;
        }

        return steps[count].Operation == SignatureOperation.End ? 0 : count;
    }

    /// <summary>Whether a named word takes the word behind it as its value.</summary>
    internal static bool TakesValue(string keyword, string word)
    {
        Span<byte> buffer = stackalloc byte[LongestName];
        if (!Encoding.UTF8.TryGetBytes(word, buffer, out var length))
        {
            return false;
        }

        ReadOnlySpan<byte> name = buffer[..length];
        var signature = SignatureOf(keyword);
        foreach (var step in signature.Steps)
        {
            if (step.Operation == SignatureOperation.Words)
            {
                var entry = HaproxyCatalog.AllVersions.FindWord((EntryClass)step.A, name, (uint)step.B);
                return entry.Exists ? IsFollowed(entry.Signature, 0) : IsInsideWords((EntryClass)step.A, name);
            }
        }

        return TakesValue(signature, name);
    }

    private static Signature SignatureOf(string keyword)
    {
        Span<byte> buffer = stackalloc byte[LongestName];
        return Encoding.UTF8.TryGetBytes(keyword, buffer, out var length)
            ? HaproxyCatalog.AllVersions.FindProxyKeyword(buffer[..length]).Signature
            : Signature.Empty;
    }

    /// <summary>Words that belong to another word of the line: <c>usesrc</c> behind <c>source</c>.</summary>
    private static bool IsInsideWords(EntryClass @class, ReadOnlySpan<byte> name)
    {
        foreach (var entry in HaproxyCatalog.AllVersions.Entries(@class))
        {
            if (TakesValue(entry.Signature, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TakesValue(Signature signature, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < signature.Steps.Length; i++)
        {
            var step = signature.Steps[i];
            if (step.Operation == SignatureOperation.Literal && name.SequenceEqual(signature.TextBytes.AsSpan(step.A, step.B)))
            {
                return IsFollowed(signature, i + 1);
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the word before a step is followed by its own: by a value, even if that may be left out, or by anything
    /// that must be there.
    /// </summary>
    private static bool IsFollowed(Signature signature, int step) =>
        Reaches(signature, step, SignatureOperation.Value) || !Reaches(signature, step, SignatureOperation.End);

    private static bool Reaches(Signature signature, int next, SignatureOperation operation)
    {
        while (true)
        {
            var step = signature.Steps[next];
            if (step.Operation == operation)
            {
                return true;
            }

            switch (step.Operation)
            {
                case SignatureOperation.End or SignatureOperation.Literal or SignatureOperation.Pattern
                    or SignatureOperation.Value or SignatureOperation.Rule:
                    return false;
                case SignatureOperation.Split when Reaches(signature, step.A, operation):
                    return true;
                case SignatureOperation.Split:
                    next = step.B;
                    break;
                case SignatureOperation.Jump:
                    next = step.A;
                    break;
                default:
                    next++;
                    break;
            }
        }
    }
}

namespace HaproxyKit.Tests.Analysis;

/// <summary>A small generator whose sequence is the same on every machine and runtime (SplitMix64).</summary>
internal sealed class MutationRandom(ulong seed)
{
    private ulong _state = seed;

    internal int Next(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)bound);
    }

    internal T Of<T>(IReadOnlyList<T> values) => values[Next(values.Count)];
}

namespace HaproxyKit.Model.Properties;

/// <summary>How values of a kind are read from a word, and written as one.</summary>
/// <param name="read">The value of a decoded word; null or the default where the word is none.</param>
/// <param name="write">The decoded word; throws an <see cref="ArgumentException"/> for what no word can say.</param>
internal sealed class ValueCodec<T>(Func<string, T?> read, Func<T, string> write)
{
    internal T? Read(string text) => read(text);

    internal string Write(T value) => write(value);

    /// <summary>Whether two values are the same, however they are written.</summary>
    internal bool AreSame(T? left, T? right) =>
        left is null || right is null
            ? left is null && right is null
            : EqualityComparer<T>.Default.Equals(left, right)
                || (typeof(T) == typeof(IReadOnlyList<string>) && string.Equals(write(left), write(right), StringComparison.Ordinal));
}

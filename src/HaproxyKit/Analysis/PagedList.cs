namespace HaproxyKit.Analysis;

/// <summary>
/// Values that are only added, in pages of their own, so that none is copied or moved when there are more.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class PagedList<T>
    where T : struct
{
    private const int PageBits = 9;
    private const int PageSize = 1 << PageBits;

    private readonly List<T[]> _pages = [];

    internal int Count { get; private set; }

    /// <summary>A value, to be read or changed where it stands.</summary>
    internal ref T this[int index] => ref _pages[index >> PageBits][index & (PageSize - 1)];

    internal void Add(in T value)
    {
        if (Count >> PageBits == _pages.Count)
        {
            _pages.Add(new T[PageSize]);
        }

        this[Count++] = value;
    }
}

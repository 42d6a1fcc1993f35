using System.Buffers;
using System.Numerics;

namespace HaproxyKit.Analysis;

/// <summary>
/// Values that are only added, in pages that double in size, so that none is copied or moved when there are more. The pages are lent, so
/// that one analysis after the other takes the same memory.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class PagedList<T> : IDisposable
    where T : unmanaged
{
    private const int FirstBits = 9;
    private const int MostPages = 31 - FirstBits;

    private readonly T[]?[] _pages = new T[]?[MostPages];

    internal int Count { get; private set; }

    /// <summary>A value, to be read or changed where it stands.</summary>
    internal ref T this[int index]
    {
        get
        {
            var page = PageOf(index);
            return ref _pages[page]![index - IndexOf(page)];
        }
    }

    /// <summary>Gives the pages back; nothing may be asked for any more.</summary>
    public void Dispose()
    {
        for (var page = 0; page < _pages.Length && _pages[page] is { } values; page++)
        {
            _pages[page] = null;
            ArrayPool<T>.Shared.Return(values);
        }
    }

    internal void Add(in T value)
    {
        var page = PageOf(Count);
        var values = _pages[page] ??= ArrayPool<T>.Shared.Rent(1 << (FirstBits + page));
        values[Count - IndexOf(page)] = value;
        Count++;
    }

    private static int PageOf(int index) => BitOperations.Log2((uint)(index >> FirstBits) + 1);

    /// <summary>The index of a page's first value.</summary>
    private static int IndexOf(int page) => ((1 << page) - 1) << FirstBits;
}

using System.Buffers;
using HaproxyKit.Control.Unix;
using Microsoft.Win32.SafeHandles;

namespace HaproxyKit.Control.Deployment;

/// <summary>Reads a whole file that others may be writing to.</summary>
internal static class RevisionReader
{
    private const int MaxAttempts = 8;
    private const int PieceSize = 256 * 1024;

    /// <summary>Reads a file once nobody has it open for writing, and again if it changed under the reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How long to wait for a writer.</param>
    /// <param name="patience">The clock to wait with.</param>
    /// <param name="likely">What probably stands there: where it does, it is returned itself, and nothing is copied or need be hashed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The bytes, the status of the file that they are from, and whether nobody was writing at the end.
    /// </returns>
    internal static async Task<(ReadOnlyMemory<byte> Content, FileStatus Status, bool IsSettled)> ReadAsync(
        string path, ConfigFileOptions options, Patience patience, ReadOnlyMemory<byte> likely, CancellationToken cancellationToken)
    {
        using var file = FileSystem.OpenForReading(path);
        for (var attempt = 1; ; attempt++)
        {
            var free = await patience.UntilAsync(
                () => !FileSystem.HasWriter(file), options.WriterPatience, cancellationToken)
                .ConfigureAwait(false);
            var before = FileStatus.Of(file);
            var content = before.Size == likely.Length && Holds(file, likely.Span) ? likely : ReadNow(file);
            var after = FileStatus.Of(file);
            var isSettled = free && IsUnchanged(before, after) && !FileSystem.HasWriter(file);
            if (isSettled || !free || attempt == MaxAttempts)
            {
                return (content, after, isSettled);
            }
        }
    }

    /// <summary>Reads a file to its end as it is.</summary>
    internal static ReadOnlyMemory<byte> ReadNow(SafeFileHandle file)
    {
        // One byte more than the size is asked for, so that the end is seen, and a file that has grown is read to it.
        var content = new byte[RandomAccess.GetLength(file) + 1];
        var had = 0;
        for (int read; (read = RandomAccess.Read(file, content.AsSpan(had), had)) > 0;)
        {
            had += read;
            if (had == content.Length)
            {
                Array.Resize(ref content, content.Length * 2);
            }
        }

        return content.AsMemory(0, had);
    }

    /// <summary>Whether a file holds just these bytes, piece by piece, so that no copy of it is made.</summary>
    private static bool Holds(SafeFileHandle file, ReadOnlySpan<byte> expected)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (var at = 0; ; )
            {
                var read = RandomAccess.Read(file, piece, at);
                if (read == 0)
                {
                    return at == expected.Length;
                }

                if (read > expected.Length - at || !expected.Slice(at, read).SequenceEqual(piece.AsSpan(0, read)))
                {
                    return false;
                }

                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static bool IsUnchanged(in FileStatus before, in FileStatus after) =>
        before.Size == after.Size && before.ModifiedAt == after.ModifiedAt;
}

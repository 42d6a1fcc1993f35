namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Bounds how many event streams are open, of each owner and of all.</summary>
/// <param name="perOwner">How many of one owner.</param>
/// <param name="ofAll">How many of all.</param>
internal sealed class StreamSlots(int perOwner, int ofAll)
{
    private readonly Lock changing = new();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Takes a place.</summary>
    /// <param name="owner">For whom.</param>
    /// <returns>False where there is none.</returns>
    internal bool TryEnter(string owner)
    {
        lock (changing)
        {
            var own = open.GetValueOrDefault(owner);
            if (count >= ofAll || own >= perOwner)
            {
                return false;
            }

            count++;
            open[owner] = own + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="owner">For whom it was taken.</param>
    internal void Leave(string owner)
    {
        lock (changing)
        {
            count--;
            if (--open[owner] == 0)
            {
                open.Remove(owner);
            }
        }
    }
}

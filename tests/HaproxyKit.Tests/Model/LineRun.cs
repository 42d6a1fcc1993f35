namespace HaproxyKit.Tests.Model;

/// <summary>Lines of a text that were replaced by others.</summary>
/// <param name="Removed">The lines taken out.</param>
/// <param name="Added">The lines put in.</param>
internal sealed record LineRun(IReadOnlyList<string> Removed, IReadOnlyList<string> Added)
{
    internal int Size => Removed.Count + Added.Count;

    /// <summary>Whether every line put in is one of those taken out, in their order.</summary>
    internal bool OnlyRemoves
    {
        get
        {
            var rest = new Queue<string>(Added);
            foreach (var line in Removed.Where(line => rest.TryPeek(out var next) && next == line))
            {
                rest.Dequeue();
            }

            return rest.Count == 0;
        }
    }

    public override string ToString() => $"[{string.Concat(Removed)}] became [{string.Concat(Added)}]";
}

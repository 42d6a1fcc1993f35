namespace HaproxyKit.Comparison;

/// <summary>
/// Numbers for what is open around a line: conditions, one in another, and the scope. Equal numbers mean that the same
/// lines of both documents decide.
/// </summary>
internal sealed class ConditionContexts
{
    /// <summary>Nothing is open.</summary>
    internal const int Outermost = 0;

    private readonly Dictionary<(int Outer, int Line), int> _numbers = [];

    /// <summary>The context inside a line that stands in another context.</summary>
    internal int Within(int outer, int line)
    {
        if (!_numbers.TryGetValue((outer, line), out var number))
        {
            number = _numbers.Count + 1;
            _numbers.Add((outer, line), number);
        }

        return number;
    }
}

namespace HaproxyKit.Catalog;

/// <summary>
/// Where a match stands. A word is looked for in all steps that can be reached from there without another word, in
/// order: first as a fixed word, then as a value. There is no way back.
/// </summary>
internal struct MatchState
{
    private MatchFrames _frames;
    private int _depth;

    internal MatchState(HaproxyCatalog catalog, CatalogEntry entry, Signature signature)
    {
        Catalog = catalog;
        _frames[0] = new MatchFrame { Signature = signature, Entry = entry };
    }

    internal HaproxyCatalog Catalog { get; }

    /// <summary>Whose word comes next.</summary>
    internal readonly CatalogEntry Entry => _frames[_depth].Entry;

    /// <summary>Whose word was found last: of an outer signature when an inner one was over.</summary>
    internal CatalogEntry Owner { get; private set; }

    /// <summary>The slot of the value that was found last, or of the condition that was opened.</summary>
    internal SignatureSlot? Slot { get; private set; }

    /// <summary>Whether the fixed word that was found last is a name of its own.</summary>
    internal bool IsName { get; private set; }

    /// <summary>Whether all words up to the end of the line belong to a condition.</summary>
    internal bool IsInCondition { get; private set; }

    internal bool TryFixedWord(ReadOnlySpan<byte> word) => Seek(_depth, _frames[_depth].Next, MatchTarget.FixedWord, word);

    internal bool TryValue() => Seek(_depth, _frames[_depth].Next, MatchTarget.Value, []);

    internal bool CanEnd() => Seek(_depth, _frames[_depth].Next, MatchTarget.End, []);

    /// <summary>Whether nothing but one value can stand here, so that it does not matter what the word says.</summary>
    internal readonly bool ExpectsOnlyValue()
    {
        ref readonly var frame = ref _frames[_depth];
        return frame.Signature.Steps[frame.Next].Operation == SignatureOperation.Value;
    }

    /// <summary>Tells a visitor what could stand here.</summary>
    internal readonly void Visit(ref ExpectationVisitor visitor) => Visit(_depth, _frames[_depth].Next, ref visitor);

    private bool Seek(int depth, int next, MatchTarget target, ReadOnlySpan<byte> word)
    {
        while (true)
        {
            ref readonly var frame = ref _frames[depth];
            var step = frame.Signature.Steps[next];
            switch (step.Operation)
            {
                case SignatureOperation.End when depth == 0:
                    return target == MatchTarget.End;
                case SignatureOperation.End:
                    next = _frames[--depth].Next;
                    break;
                case SignatureOperation.Literal:
                    return target == MatchTarget.FixedWord
                        && word.SequenceEqual(frame.Signature.TextBytes.AsSpan(step.A, step.B))
                        && Land(depth, next + 1, null, isName: false);
                case SignatureOperation.Pattern:
                    return target == MatchTarget.FixedWord
                        && Fits(word, frame.Signature.TextBytes.AsSpan(step.A, step.B))
                        && Land(depth, next + 1, null, isName: false);
                case SignatureOperation.Value:
                    return target == MatchTarget.Value && Land(depth, next + 1, frame.Signature.Slots[step.A], isName: false);
                case SignatureOperation.Rest when target == MatchTarget.Value:
                    return Land(depth, next, frame.Signature.Slots[step.A], isName: false);
                case SignatureOperation.Split:
                    if (Seek(depth, step.A, target, word))
                    {
                        return true;
                    }

                    next = step.B;
                    break;
                case SignatureOperation.Jump:
                    next = step.A;
                    break;
                case SignatureOperation.Words when target == MatchTarget.FixedWord && Catalog.FindWord((EntryClass)step.A, word, (uint)step.B) is { Exists: true } entry:
                    return Enter(depth, next, entry);
                case SignatureOperation.Rule:
                    return target == MatchTarget.FixedWord
                        && Catalog.FindRule(frame.Signature.TextBytes.AsSpan(step.A, step.B), word) is { Exists: true } rule
                        && Enter(depth, next + 1, rule);
                case SignatureOperation.Condition when target == MatchTarget.FixedWord && (word.SequenceEqual("if"u8) || word.SequenceEqual("unless"u8)):
                    return Land(depth, next + 1, frame.Signature.Slots[step.A], isName: false);
                default:
                    next++;
                    break;
            }
        }
    }

    private readonly void Visit(int depth, int next, ref ExpectationVisitor visitor)
    {
        while (true)
        {
            ref readonly var frame = ref _frames[depth];
            var step = frame.Signature.Steps[next];
            switch (step.Operation)
            {
                case SignatureOperation.End when depth == 0:
                    return;
                case SignatureOperation.End:
                    next = _frames[--depth].Next;
                    break;
                case SignatureOperation.Rule:
                    visitor.Rules(frame.Signature.TextBytes.AsSpan(step.A, step.B));
                    return;
                case SignatureOperation.Pattern or SignatureOperation.Literal:
                    visitor.Literal(frame.Signature.TextBytes.AsSpan(step.A, step.B));
                    return;
                case SignatureOperation.Value:
                    visitor.Value(frame.Signature.Slots[step.A]);
                    return;
                case SignatureOperation.Split:
                    Visit(depth, step.A, ref visitor);
                    next = step.B;
                    break;
                case SignatureOperation.Jump:
                    next = step.A;
                    break;
                case SignatureOperation.Words:
                    visitor.Words((EntryClass)step.A, (uint)step.B);
                    next++;
                    break;
                case SignatureOperation.Condition:
                    visitor.Literal("if"u8);
                    visitor.Literal("unless"u8);
                    next++;
                    break;
                default:
                    next++;
                    break;
            }
        }
    }

    /// <summary>Whether a word is the pattern with anything, or nothing, for its asterisk.</summary>
    private static bool Fits(ReadOnlySpan<byte> word, ReadOnlySpan<byte> pattern)
    {
        var star = pattern[1..].IndexOf((byte)'*') + 1;
        return word.Length >= pattern.Length - 1 && word.StartsWith(pattern[..star]) && word.EndsWith(pattern[(star + 1)..]);
    }

    private bool Enter(int depth, int next, CatalogEntry entry)
    {
        if (depth + 1 == MatchFrames.Length)
        {
            return false;
        }

        _frames[depth].Next = next;
        _frames[depth + 1] = new MatchFrame { Signature = entry.Signature, Entry = entry };
        return Land(depth + 1, 0, null, isName: true);
    }

    private bool Land(int depth, int next, SignatureSlot? slot, bool isName)
    {
        _depth = depth;
        _frames[depth].Next = next;
        Owner = _frames[depth].Entry;
        Slot = slot;
        IsInCondition |= slot?.Kind == ValueKind.Condition;
        IsName = isName;
        return true;
    }
}

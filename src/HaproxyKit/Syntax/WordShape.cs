namespace HaproxyKit.Syntax;

/// <summary>What reading one word found out: where it ends, what it consists of, and its first fault.</summary>
internal struct WordShape
{
    internal int End;
    internal WordTraits Traits;
    internal WordTraits FirstFault;
    internal int FaultAt;

    internal void Fault(WordTraits fault, int at)
    {
        if ((Traits & WordTraits.Faulty) == 0)
        {
            FirstFault = fault;
            FaultAt = at;
        }

        Traits |= fault;
    }
}

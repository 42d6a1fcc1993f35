namespace HaproxyKit.Expressions;

/// <summary>Makes the tree of a condition from its steps.</summary>
internal static class AclAssembly
{
    internal static AclCondition Assemble(IEnumerable<AclStep> steps)
    {
        var alternatives = new List<AclConjunction>();
        var terms = new List<AclTerm>();
        var lead = new List<WrittenWord>();
        var marks = new List<WrittenWord>();
        var between = new List<WrittenWord>();
        foreach (var step in steps)
        {
            if (step.Term is { } term)
            {
                if (terms.Count > 0 && between.Count > 0)
                {
                    TakeAlternative();
                }

                lead.AddRange(between);
                between.Clear();
                terms.Add(term with { NegationWords = marks.ToExpressionList(), IsNegated = IsNegated(term.LeadWord!) });
                marks.Clear();
            }
            else if (step.IsOr)
            {
                // What negates nothing says nothing.
                between.AddRange(marks);
                between.Add(step.Word);
                marks.Clear();
            }
            else
            {
                marks.Add(step.Word);
            }
        }

        if (terms.Count > 0)
        {
            TakeAlternative();
        }

        return new AclCondition(AclPolarity.None, alternatives.ToExpressionList())
        {
            TrailingWords = between.Concat(marks).ToExpressionList(),
        };

        void TakeAlternative()
        {
            alternatives.Add(new AclConjunction(terms.ToExpressionList())
            {
                LeadWords = lead.ToExpressionList(),
                WasFirst = alternatives.Count == 0,
            });
            terms.Clear();
            lead.Clear();
        }

        bool IsNegated(WrittenWord word) =>
            (marks.Sum(mark => mark.Value.Length) + word.Value.Length - word.Value.TrimStart('!').Length) % 2 != 0;
    }
}

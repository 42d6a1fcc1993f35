namespace HaproxyKit.Comparison;

/// <summary>What a change is about.</summary>
public enum ChangeSubject
{
    /// <summary>A whole section, or, where it <see cref="ChangeKind.Changed"/>, its header.</summary>
    Section,

    /// <summary>One line with a keyword.</summary>
    Directive,

    /// <summary>A line of the preprocessor: <c>.if</c>, <c>.else</c>, <c>.endif</c>, <c>.notice</c>.</summary>
    Condition,

    /// <summary>A scope line, <c>[name]</c>, of a file of the stream processing filter.</summary>
    Scope,
}

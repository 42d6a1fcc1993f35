namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The check of a mapping's nodes as it is written in a call: nothing in it has been judged yet.</summary>
public sealed record PhoneHomeCheck
{
    /// <summary><c>tcp</c>, <c>http</c> or <c>none</c>; null means <c>http</c> where there is a path, otherwise <c>tcp</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>
    /// Of a check by HTTP: a slash, then letters, digits and <c>/ . _ ~ - ? = &amp; % + : , @</c>, 255 characters at most; null means <c>/</c>.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The time between two checks, 100 ms to an hour, written as <see cref="PhoneHomeRequest.Sticky"/> is; null: the webhook's setting.</summary>
    public string? Interval { get; init; }

    /// <summary>How long an answer is waited for, 100 ms to an hour, written in the same way; null: the webhook's setting.</summary>
    public string? Timeout { get; init; }

    /// <summary>How many failed checks take a node out, 1 to 100; null: the webhook's setting.</summary>
    public int? Fall { get; init; }

    /// <summary>How many good checks bring a node back, 1 to 100; null: the webhook's setting.</summary>
    public int? Rise { get; init; }
}

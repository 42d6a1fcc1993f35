namespace HaproxyKit.Control.Runtime;

/// <summary>One entry of a stick table (management guide, 9.3, <c>show table</c>).</summary>
public sealed class StickTableEntry
{
    internal StickTableEntry(string key, int users, TimeSpan expiresIn, Dictionary<string, long> data)
    {
        Key = key;
        Users = users;
        ExpiresIn = expiresIn;
        Data = data;
    }

    /// <summary>The key, with the escapes that HAProxy writes in a text.</summary>
    public string Key { get; }

    /// <summary>How many sessions use the entry now, which keeps it from expiring.</summary>
    public int Users { get; }

    /// <summary>How long it lives on unless it is used again.</summary>
    public TimeSpan ExpiresIn { get; }

    /// <summary>
    /// What it stores, by HAProxy's names, such as <c>conn_cnt</c> and, with the period in milliseconds,
    /// <c>http_req_rate(10000)</c>; what is no number is left out.
    /// </summary>
    public IReadOnlyDictionary<string, long> Data { get; }

    /// <summary>The entry in short.</summary>
    /// <returns>The key.</returns>
    public override string ToString() => Key;
}

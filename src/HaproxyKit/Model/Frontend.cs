namespace HaproxyKit.Model;

/// <summary>A <c>frontend</c> section: where clients connect (configuration manual, chapter 4).</summary>
public sealed class Frontend : ProxySection, IFrontendSide
{
    internal Frontend(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>Where it listens.</summary>
    public BindList Binds => new(this);

    /// <summary>Which backend takes which requests.</summary>
    public UseBackendList UseBackends => new(this);

    /// <summary>The stick table, or null: the last one that no condition decides about.</summary>
    public StickTable? StickTable => (StickTable?)LastUnconditional(Model.StickTable.KeywordText);

    /// <summary>Adds a bind.</summary>
    /// <param name="address">Where to listen, for example <c>:443</c>.</param>
    /// <returns>The new line, to be set further.</returns>
    /// <exception cref="FormatException">The text is no address.</exception>
    public Bind Bind(string address) => AddBind(address);
}

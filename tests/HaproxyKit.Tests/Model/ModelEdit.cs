using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

/// <summary>
/// One change through the model, chosen by numbers, so that it means something in any configuration and shrinks.
/// </summary>
/// <param name="Kind">The place in the list of all kinds.</param>
/// <param name="Where">Chooses the section and the directive.</param>
/// <param name="Word">Chooses the argument.</param>
/// <param name="Text">The value, of any characters.</param>
internal sealed record ModelEdit(int Kind, int Where, int Word, string Text)
{
    private static readonly string[] Names = ["check", "weight", "ssl", "crt", "cookie", "size", "backup", "if", "x"];

    /// <summary>The changes of one directive: its line, one line for it, or none.</summary>
    private static readonly (string Name, Action<Directive, ModelEdit> Apply)[] OfDirective =
    [
        ("argument", (d, e) => d.Arguments[e.Word % d.Arguments.Count].Value = e.Text),
        ("set word", (d, e) => d.Arguments.Set(e.Name)),
        ("set any word", (d, e) => d.Arguments.Set(e.Text)),
        ("set value", (d, e) => d.Arguments.Set(e.Name, e.Text)),
        ("add", (d, e) => d.Arguments.Add(e.Text, "y")),
        ("insert", (d, e) => d.Arguments.Insert(e.Word % (d.Arguments.Count + 1), e.Text)),
        ("remove at", (d, e) => d.Arguments.RemoveAt(e.Word % d.Arguments.Count)),
        ("remove word", (d, e) => d.Arguments.Remove(e.Name)),
        ("comment", (d, e) => d.Comment = e.Text),
        ("no comment", (d, _) => d.Comment = null),
        ("modifier", (d, e) => d.Modifier = (DirectiveModifier)(e.Word % 3)),
        ("remove", (d, _) => d.Remove()),
        ("server address", (d, e) => ((Server)d).Address = new Address("192.0.2.7", (e.Word % 65535) + 1)),
        ("server address text", (d, e) => ((Server)d).Address = Address.Parse(e.Text)),
        ("server name", (d, e) => ((Server)d).Name = e.Text),
        ("server check", (d, e) => ((Server)d).Check = e.Word % 2 == 0),
        ("server backup", (d, e) => ((Server)d).Backup = e.Word % 2 == 0),
        ("server disabled", (d, e) => ((Server)d).Disabled = e.Word % 2 == 0),
        ("server weight", (d, e) => ((Server)d).Weight = e.Word % 3 == 0 ? null : e.Word % 300),
        ("server maxconn", (d, e) => ((Server)d).MaxConnections = e.Word % 3 == 0 ? null : e.Word),
        ("bind name", (d, e) => ((Bind)d).Name = e.Word % 4 == 0 ? null : e.Text),
        ("bind ssl", (d, e) => ((Bind)d).Ssl(e.Text)),
        ("use_backend", (d, e) => ((UseBackend)d).Backend = e.Text),
        ("table type", (d, e) => ((StickTable)d).Type = e.Word % 4 == 0 ? null : e.Text),
        ("table size", (d, e) => ((StickTable)d).Size = e.Word % 4 == 0 ? null : e.Text),
        ("table expire", (d, e) => ((StickTable)d).Expire = e.Word % 4 == 0 ? null : TimeSpan.FromSeconds(e.Word)),
    ];

    /// <summary>The changes of a section that touch one line of it at most.</summary>
    private static readonly (string Name, Action<Section, ModelEdit> Apply)[] OfSection =
    [
        ("add directive", (s, e) => s.Directives.Add("timeout", e.Text, "z")),
        ("add keyword", (s, e) => s.Directives.Add(e.Text, "z")),
        ("add line", (s, e) => s.Directives.AddLine("log " + e.Text)),
        ("add any line", (s, e) => s.Directives.AddLine(e.Text)),
        ("rename", (s, e) => s.Name = e.Text),
        ("mode", (s, e) => ((ProxySection)s).Mode = e.Word % 4 == 0 ? null : new ProxyMode(e.Text)),
        ("option", (s, e) => ((ProxySection)s).Options[e.Word % 2 == 0 ? "httpclose" : e.Text] = e.Word % 3 == 0 ? null : e.Word % 3 == 1),
        ("timeout", (s, e) => ((ProxySection)s).Timeouts[e.Word % 2 == 0 ? "client" : e.Text] = e.Word % 3 == 0 ? null : TimeSpan.FromMilliseconds(e.Word)),
        ("balance", (s, e) => SetBalance(s, e.Word % 4 == 0 ? null : e.Text)),
        ("default_backend", (s, e) => SetDefaultBackend(s, e.Word % 4 == 0 ? null : e.Text)),
        ("server", (s, e) => ServersOf(s).Add(e.Text, new Address("192.0.2.8", 80))),
        ("server like", (s, e) => ServersOf(s).Add("new", Address.Parse(e.Text), like: ServersOf(s)[0])),
        ("bind", (s, e) => BindsOf(s).Add(Address.Parse(e.Text))),
        ("use_backend", (s, e) => UseBackendsOf(s).Add("other", "if " + e.Text)),
        ("use_backend name", (s, e) => UseBackendsOf(s).Add(e.Text)),
    ];

    /// <summary>The changes that concern whole sections.</summary>
    private static readonly (string Name, Action<HaproxyConfig, ModelEdit> Apply)[] OfConfig =
    [
        ("comments", (c, e) => e.SectionOf(c).Comments = [.. Enumerable.Repeat(e.Text, e.Word % 4)]),
        ("more comments", (c, e) => e.SectionOf(c).Comments = [.. e.SectionOf(c).Comments, e.Text]),
        ("remove section", (c, e) => e.SectionOf(c).Remove()),
        ("add backend", (c, e) => c.Backends.Add(e.Text)),
        ("add backend new", (c, e) => c.Backends.Add("new" + e.Word)),
        ("add global", (c, _) => c.Globals.Add()),
        ("add defaults", (c, e) => c.Defaults.Add(e.Text)),
    ];

    /// <summary>Changes with texts of any characters.</summary>
    internal static Arbitrary<ModelEdit> Any { get; } = Arb.From(Generator(), Shrink);

    /// <summary>Several changes, one after another.</summary>
    internal static Arbitrary<List<ModelEdit>> Chain { get; } = Arb.From(
        Generator().ListOf().Select(edits => edits.ToList()),
        chain => Enumerable.Range(0, chain.Count).Select(i => chain.Where((_, at) => at != i).ToList())
            .Concat(chain.SelectMany((edit, i) => Shrink(edit).Select(smaller => (List<ModelEdit>)[.. chain[..i], smaller, .. chain[(i + 1)..]]))));

    private static int KindCount => OfDirective.Length + OfSection.Length + OfConfig.Length;

    /// <summary>Whether setting null may remove several lines.</summary>
    internal bool MayRemoveSeveral => NameOfKind is "mode" or "option" or "timeout" or "balance" or "default_backend";

    /// <summary>Whether the change may remove a section.</summary>
    internal bool RemovesSection => NameOfKind == "remove section";

    /// <summary>Whether it touches more than the lines of one directive.</summary>
    internal bool IsOfDirective => Kind < OfDirective.Length;

    /// <summary>Whether it touches one section, and there one directive.</summary>
    internal bool IsOfSection => !IsOfDirective && Kind < OfDirective.Length + OfSection.Length;

    internal string NameOfKind =>
        IsOfDirective ? OfDirective[Kind].Name : IsOfSection ? OfSection[Kind - OfDirective.Length].Name : OfConfig[Kind - OfDirective.Length - OfSection.Length].Name;

    private string Name => Names[Word % Names.Length];

    /// <summary>The section that the change is about.</summary>
    internal Section SectionOf(HaproxyConfig config) => config.Sections[Where % config.Sections.Count];

    /// <summary>The directive that a change of a directive is about.</summary>
    internal Directive DirectiveOf(HaproxyConfig config)
    {
        var directives = config.Sections.SelectMany(s => s.Directives).ToList();
        return directives[Where % directives.Count];
    }

    /// <summary>Makes the change.</summary>
    /// <returns>Null, or the exception by which the model refused.</returns>
    internal Exception? Apply(HaproxyConfig config)
    {
        try
        {
            if (IsOfDirective)
            {
                OfDirective[Kind].Apply(DirectiveOf(config), this);
            }
            else if (IsOfSection)
            {
                OfSection[Kind - OfDirective.Length].Apply(SectionOf(config), this);
            }
            else
            {
                OfConfig[Kind - OfDirective.Length - OfSection.Length].Apply(config, this);
            }

            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException or InvalidCastException or DivideByZeroException)
        {
            // The last two are the chooser's own: there is nothing of that type, or nothing at all, to change.
            return e;
        }
    }

    public override string ToString() => $"{NameOfKind} where {Where} word {Word} text {System.Text.Json.JsonSerializer.Serialize(Text)}";

    private static Gen<ModelEdit> Generator() =>
        from kind in Gen.Choose(0, KindCount - 1)
        from place in Gen.Choose(0, 1_000)
        from word in Gen.Choose(0, 1_000)
        from text in Gen.Frequency((2, HostileValues.Any.Generator), (1, Gen.Elements("s1", "app", "10.0.0.1:80", "tcp", "new", "httpclose", "client")))
        select new ModelEdit(kind, place, word, text);

    private static IEnumerable<ModelEdit> Shrink(ModelEdit edit)
    {
        foreach (var n in new[] { 0, edit.Where / 2, edit.Where - 1 }.Where(n => n >= 0 && n < edit.Where))
        {
            yield return edit with { Where = n };
        }

        foreach (var n in new[] { 0, edit.Word / 2, edit.Word - 1 }.Where(n => n >= 0 && n < edit.Word))
        {
            yield return edit with { Word = n };
        }

        for (var i = 0; i < edit.Text.Length; i++)
        {
            yield return edit with { Text = edit.Text.Remove(i, 1) };
        }
    }

    private static ServerList ServersOf(Section section) => section is Backend backend ? backend.Servers : ((Listen)section).Servers;

    private static BindList BindsOf(Section section) => section is Frontend frontend ? frontend.Binds : ((Listen)section).Binds;

    private static UseBackendList UseBackendsOf(Section section) => section is Frontend frontend ? frontend.UseBackends : ((Listen)section).UseBackends;

    private static void SetBalance(Section section, string? value)
    {
        switch (section)
        {
            case Backend backend:
                backend.Balance = value;
                break;
            case Listen listen:
                listen.Balance = value;
                break;
            default:
                ((Defaults)section).Balance = value;
                break;
        }
    }

    private static void SetDefaultBackend(Section section, string? value)
    {
        if (section is Frontend frontend)
        {
            frontend.DefaultBackend = value;
        }
        else
        {
            ((Listen)section).DefaultBackend = value;
        }
    }
}

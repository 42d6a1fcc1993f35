using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.EdgeScript;

namespace HaproxyKit.Tests.EdgeScript;

public sealed class EdgeScriptDocumentTests
{
    private const string Example =
        """
        # edge.lb
        listen 443 as traefik {
          to phone-home port 30443            # nodes announce themselves
          check every 2s fall 3 rise 2
        }
        listen 8443 as mosquitto to phone-home port 30843

        # not about the next one

        # the API
        # of the cluster
        listen 6443 as kubernetes-api to 192.0.2.125, 192.0.2.126, [2001:db8::7] port 6443 check
        """;

    [Fact]
    public void Parse_the_example_gives_its_statements()
    {
        var script = EdgeScriptDocument.Parse(Example, "edge.lb");

        Assert.Empty(script.Diagnostics);
        ListenStatement[] statements = [.. script.Statements.Cast<ListenStatement>()];
        Assert.Equal(["443 traefik 2", "8443 mosquitto 6", "6443 kubernetes-api 12"], statements.Select(s => $"{s.Port} {s.Name} {s.Line}"));
        Assert.Equal([true, true, false], statements.Select(s => s.Target!.IsPhoneHome));
        Assert.Equal(["30443", "30843", "6443"], statements.Select(s => s.Target!.Port.Text));
        Assert.Equal(["192.0.2.125", "192.0.2.126", "[2001:db8::7]"], statements[2].Target!.Addresses.Select(a => a.Text));
        Assert.Equal(("2s", "3", "2"), (statements[0].Check!.Every!.Value.Text, statements[0].Check!.Fall!.Value.Text, statements[0].Check!.Rise!.Value.Text));
        Assert.Null(statements[1].Check);
        Assert.Null(statements[2].Check!.Every);
    }

    [Fact]
    public void Span_of_each_part_is_its_own_text()
    {
        var script = EdgeScriptDocument.Parse(Example);
        var bytes = script.ToBytes();
        string At(TextSpan span) => Encoding.UTF8.GetString(bytes, span.Start, span.Length);

        var traefik = (ListenStatement)script.Statements[0];
        Assert.StartsWith("listen 443 as traefik {", At(traefik.Span), StringComparison.Ordinal);
        Assert.EndsWith("rise 2\n}", At(traefik.Span), StringComparison.Ordinal);
        Assert.Equal("traefik", At(traefik.Name.Span));
        Assert.Equal("to phone-home port 30443", At(traefik.Target!.Span));
        Assert.Equal("check every 2s fall 3 rise 2", At(traefik.Check!.Span));
        Assert.Equal("# nodes announce themselves", At(traefik.Comments[1].Span));
        var api = (ListenStatement)script.Statements[2];
        Assert.Equal("[2001:db8::7]", At(api.Target!.Addresses[2].Span));
        Assert.Equal("check", At(api.Check!.Span));
    }

    [Fact]
    public void Comments_belong_to_the_statement_that_they_stand_at()
    {
        var script = EdgeScriptDocument.Parse(Example);

        Assert.Equal(["edge.lb", "nodes announce themselves"], script.Statements[0].Comments.Select(c => c.Text));
        Assert.Empty(script.Statements[1].Comments);
        Assert.Equal(["the API", "of the cluster"], script.Statements[2].Comments.Select(c => c.Text));
        Assert.Contains(script.Comments, c => c is { Text: "not about the next one", IsAlone: true });
        Assert.Equal(5, script.Comments.Length);
    }

    [Fact]
    public void Comments_at_the_end_of_a_line_go_with_that_line()
    {
        var script = EdgeScriptDocument.Parse("listen 1 as a to x port 1 # one\n## two\nlisten 2 as b { # three\n# four\nto x port 1\n} # five\n# six");

        Assert.Equal(["one"], script.Statements[0].Comments.Select(c => c.Text));
        Assert.Equal(["# two", "three", "four", "five"], script.Statements[1].Comments.Select(c => c.Text));
        Assert.Equal(6, script.Comments.Length);
    }

    [Theory]
    [InlineData("\uFEFFlisten 443 as a to x port 80\r\n")]
    [InlineData("listen 443 as a{to x port 80}")]
    [InlineData("listen\t443 as a {\r\n\r\n# c\r\n\tto x port 80 # d\r\n\tcheck\r\n}\r\n")]
    [InlineData("listen 443 as a { to x port 80\ncheck }#c")]
    [InlineData("listen 443 as a to x port 80#c")]
    [InlineData("listen 443 as check to port.example , y port 80 check rise 2 every 5s")]
    public void Parse_blanks_comments_and_line_endings_do_not_matter(string text)
    {
        var script = EdgeScriptDocument.Parse(text);

        Assert.Empty(script.Diagnostics);
        Assert.Equal("80", Assert.IsType<ListenStatement>(Assert.Single(script.Statements)).Target!.Port.Text);
        Assert.Equal(Encoding.UTF8.GetBytes(text), script.ToBytes());
        Assert.Equal(text, script.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    [InlineData("  # only a comment")]
    public void Parse_nothing_said_is_no_mistake(string text)
    {
        var script = EdgeScriptDocument.Parse(text);
        Assert.Empty(script.Statements);
        Assert.Empty(script.Diagnostics);
    }

    [Fact]
    public void Parse_text_with_half_of_a_surrogate_pair_is_refused() =>
        Assert.Throws<ArgumentException>(() => EdgeScriptDocument.Parse("listen \ud800"));

    [Fact]
    public void Parse_from_a_file_names_the_file()
    {
        using var folder = new HaproxyKit.Testing.TemporaryFolder();
        var path = folder.Write("edge.lb", "listen");
        Assert.StartsWith($"{path}:1:7: error HK4001: ", Assert.Single(EdgeScriptDocument.Load(path).Diagnostics).ToString(), StringComparison.Ordinal);
    }
}

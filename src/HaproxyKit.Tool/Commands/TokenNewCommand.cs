using System.Buffers.Text;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>token new</c>: makes a secret, and the entry by which the webhook knows it without having it.</summary>
internal sealed class TokenNewCommand : Command
{
    private const string About =
        "Makes a token: prints its secret, which is kept nowhere, and the entry for the webhook's settings, which has only its hash.";

    /// <summary>Tells scanners of source code that this is a secret.</summary>
    private const string Prefix = "hkt_";
    private const int SecretBytes = 32;
    private const int MaxNameLength = 63;

    /// <summary>What the key of signed calls is made of: part of the contract with the webhook and with shell scripts.</summary>
    private const string KeyText = "haproxykit signing key v1";

    private static readonly JsonWriterOptions Readable = new() { Indented = true };

    private readonly Option<string> _id = Label("--id", "The token's id, which stands in logs; without it a random one.");
    private readonly Option<string> _owner = Label("--owner", "Who owns what is mapped with it; without it the id.");
    private readonly Option<string> _ports = Text("--frontend-ports", "443,8000-8999", "The frontend ports that it may map.");
    private readonly Option<string> _names = Text("--names", "web-*", "The names that it may map.");
    private readonly Option<string> _networks = Text("--node-networks", "203.0.113.0/24", "The networks in which its nodes are.");
    private readonly Option<string> _binds =
        Text("--bind-addresses", "203.0.113.1", "The balancer's addresses that its calls may ask for, and one of which each has to ask for.");
    private readonly Option<string> _actions = Text("--actions", "add,delete,list", "What it may ask for.");
    private readonly Option<DateTimeOffset?> _expires = new("--expires")
    {
        Description = "When it ends: a date, or a date and a time with its offset.",
        HelpName = "2030-12-31",
        CustomParser = ReadDate,
    };

    private readonly Option<bool> _signed = new("--signed")
    {
        Description = "It is for signed calls alone: the entry has the key that they are signed with.",
    };

    internal TokenNewCommand()
        : base("new", About)
    {
        Add(_id);
        Add(_owner);
        Add(_ports);
        Add(_names);
        Add(_networks);
        Add(_binds);
        Add(_actions);
        Add(_expires);
        Add(_signed);
        this.Does(Run);
    }

    private int Run(ParseResult arguments, ToolOutput output)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        output.Line(secret);
        output.Line(Encoding.UTF8.GetString(EntryOf(secret, arguments)));
        output.Error("the first line is the secret: give it to the caller, it is not shown again; the rest goes into PhoneHome:Tokens");
        return ExitCode.Fine;
    }

    private byte[] EntryOf(string secret, ParseResult arguments)
    {
        var bytes = Encoding.ASCII.GetBytes(secret);
        var isSigned = arguments.GetValue(_signed);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("Id", arguments.GetValue(_id) ?? "t-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
            WriteWhereGiven(json, "Owner", arguments.GetValue(_owner));
            if (isSigned)
            {
                json.WriteString("SigningKey", Convert.ToHexStringLower(HMACSHA256.HashData(bytes, Encoding.ASCII.GetBytes(KeyText))));
                json.WriteBoolean("RequireSignature", true);
            }
            else
            {
                json.WriteString("Sha256", Convert.ToHexStringLower(SHA256.HashData(bytes)));
            }

            if (arguments.GetValue(_expires) is { } expires)
            {
                json.WriteString("Expires", expires);
            }

            WriteWhereGiven(json, "FrontendPorts", arguments.GetValue(_ports));
            WriteWhereGiven(json, "Names", arguments.GetValue(_names));
            WriteWhereGiven(json, "NodeNetworks", arguments.GetValue(_networks));
            WriteWhereGiven(json, "BindAddresses", arguments.GetValue(_binds));
            WriteWhereGiven(json, "Actions", arguments.GetValue(_actions));
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteWhereGiven(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static Option<string> Text(string name, string example, string description) =>
        new(name) { Description = description, HelpName = example };

    private static Option<string> Label(string name, string description)
    {
        var option = Text(name, "NAME", description);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !IsName(token.Value))
            {
                result.AddError($"{name} is a letter or digit, then letters, digits, _ . and -, 63 at most, not '{token.Value}'");
            }
        });
        return option;
    }

    private static DateTimeOffset? ReadDate(ArgumentResult result)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, Utc, out var date))
        {
            return date;
        }

        result.AddError($"--expires is a date such as 2030-12-31, not '{result.Tokens[0].Value}'");
        return null;
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}

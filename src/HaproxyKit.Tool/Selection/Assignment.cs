using HaproxyKit.Model;

namespace HaproxyKit.Tool.Selection;

/// <summary>
/// <c>name=value</c>: on a line the word of that name, on a section the directive of that name; <c>name</c> alone sets
/// a word without a value, one that HAProxy knows; <c>name=</c> takes it away.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; null where there is no equals sign, empty to take away.</param>
internal sealed record Assignment(string Name, string? Value)
{
    private const string ArgumentName = "value";
    private const string AddressName = "address";
    private const string NameOfServer = "name";

    /// <exception cref="ToolException">There is no name.</exception>
    internal static Assignment Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        return name.Length == 0
            ? throw new ToolException($"'{text}' assigns nothing: write name=value, as in weight=20")
            : new Assignment(name, equals < 0 ? null : text[(equals + 1)..]);
    }

    /// <summary>Makes the change.</summary>
    /// <exception cref="ToolException">The line has no such word, or does not take the value.</exception>
    internal void ApplyTo(Selected selected)
    {
        try
        {
            if (selected.Line is { } line)
            {
                ApplyTo(line, selected.NamedArguments);
            }
            else
            {
                ApplyTo(selected.Section);
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new ToolException($"{Name} cannot be set: {e.Message}");
        }
    }

    private void ApplyTo(Directive line, int namedArguments)
    {
        if (PlaceOf(line, namedArguments) is { } place)
        {
            SetArgument(line, place);
        }
        else if (Value is null)
        {
            KnownWords.RequireWord(line, Name);
            line.Arguments.Set(Name);
        }
        else if (Value.Length > 0)
        {
            line.Arguments.Set(Name, Value);
        }
        else if (!line.Arguments.Remove(Name))
        {
            throw new ToolException($"{line.Keyword} has no word '{Name}' that could be taken away");
        }
    }

    /// <summary>
    /// The place of an argument that is known by where it stands, or null where it has a name of its own.
    /// </summary>
    private int? PlaceOf(Directive line, int namedArguments) => (line.Keyword, Name) switch
    {
        ("server" or "server-template", NameOfServer) => 0,
        ("server", AddressName) => 1,
        ("server-template", AddressName) => 2,
        ("bind", AddressName) => 0,
        (_, ArgumentName) => namedArguments,
        ("server" or "server-template" or "bind" or "default-server" or "stick-table", _) => null,
        _ => throw new ToolException($"the words of '{line.Keyword}' have no names: set value=..."),
    };

    private void SetArgument(Directive line, int place)
    {
        if (string.IsNullOrEmpty(Value))
        {
            throw new ToolException($"{Name} needs a value: {Name}=...");
        }

        if (place < line.Arguments.Count)
        {
            line.Arguments[place].Value = Value;
        }
        else
        {
            line.Arguments.Add(Value);
        }
    }

    private void ApplyTo(Section section)
    {
        var words = Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var lines = section.Directives
            .Where(line => line.Keyword == words[0])
            .Where(line => line.Arguments.Take(words.Length - 1).Select(word => word.Value).SequenceEqual(words[1..]))
            .ToList();
        if (lines.Count > 1)
        {
            throw new ToolException($"there are {lines.Count} lines '{Name}': select one of them");
        }

        if (Value is { Length: 0 })
        {
            var gone = lines.FirstOrDefault()
                ?? throw new ToolException($"there is no line '{Name}' that could be taken away");
            gone.Remove();
        }
        else if (lines is [var line] && Value is not null)
        {
            (this with { Name = ArgumentName }).ApplyTo(line, words.Length - 1);
        }
        else if (lines.Count == 0)
        {
            if (Value is null)
            {
                KnownWords.RequireKeyword(section.Kind, Name);
            }

            section.Directives.Add(words[0], [.. words[1..], .. Value is null ? Array.Empty<string>() : [Value]]);
        }
    }
}

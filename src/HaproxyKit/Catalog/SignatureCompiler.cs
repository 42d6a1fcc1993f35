using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HaproxyKit.Catalog;

/// <summary>Turns the text of a signature into steps, by descent. Runs once for each signature that is used.</summary>
internal sealed class SignatureCompiler(byte[] text)
{
    private static readonly SearchValues<byte> EndsWord = SearchValues.Create(" []{}|<"u8);

    private const int AnyLine = -1;

    private readonly List<SignatureStep> _steps = [];
    private readonly List<SignatureSlot> _slots = [];
    private readonly List<SignatureSlot> _parameters = [];
    private int _at;

    /// <summary>Whether the element read last is <c>[ ... ]</c> around at least one word.</summary>
    private bool _isOptionalOfWords;

    /// <summary>What is wrong; null while nothing is.</summary>
    internal string? Mistake { get; private set; }

    /// <summary>Compiles the whole text.</summary>
    /// <returns>Null when there is a <see cref="Mistake"/>.</returns>
    internal Signature? Compile()
    {
        if (text is [(byte)'(', ..])
        {
            ReadParameters();
        }

        ReadSequence();
        if (Mistake is null && _at < text.Length)
        {
            Fail($"'{(char)text[_at]}' closes nothing");
        }

        _steps.Add(new SignatureStep(SignatureOperation.End));
        return Mistake is null ? new Signature(text, [.. _steps], [.. _slots], [.. _parameters]) : null;
    }

    private void Fail(string mistake) => Mistake ??= $"{mistake}, at {_at}";

    private bool SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }

        return _at < text.Length && Mistake is null;
    }

    /// <summary>Elements up to the end or to what closes an outer one.</summary>
    /// <returns>Whether at least one word is needed to pass them.</returns>
    private bool ReadSequence()
    {
        var consumes = false;
        while (SkipBlanks() && text[_at] is not ((byte)']' or (byte)'}' or (byte)'|'))
        {
            var start = _steps.Count;
            var needsWord = ReadElement();
            if (text.AsSpan(_at).StartsWith("..."u8))
            {
                _at += 3;
                Repeat(start, needsWord);
            }

            consumes |= needsWord;
        }

        return consumes;
    }

    /// <summary>Makes the steps from <paramref name="start"/> on a loop; what may be left out becomes any number.</summary>
    private void Repeat(int start, bool needsWord)
    {
        if (needsWord)
        {
            _steps.Add(new SignatureStep(SignatureOperation.Split, start, _steps.Count + 1));
        }
        else if (_isOptionalOfWords)
        {
            _steps.Add(new SignatureStep(SignatureOperation.Jump, start));
            _steps[start] = new SignatureStep(SignatureOperation.Split, start + 1, _steps.Count);
        }
        else
        {
            Fail("what may be empty cannot be repeated");
        }
    }

    private bool ReadElement()
    {
        _isOptionalOfWords = false;
        switch (text[_at])
        {
            case (byte)'[':
                return ReadOptional();
            case (byte)'{':
                _at++;
                return ReadAlternatives();
            case (byte)'*' when _at + 1 < text.Length && text[_at + 1] == '{':
                return ReadLoop();
            case (byte)'<':
                return ReadSlot();
            case (byte)'@':
                return ReadShared();
            default:
                return ReadLiteral();
        }
    }

    private bool ReadOptional()
    {
        _at++;
        var split = Reserve();
        var consumes = ReadSequence();
        Close(']');
        _steps[split] = new SignatureStep(SignatureOperation.Split, split + 1, _steps.Count);
        _isOptionalOfWords = consumes;
        return false;
    }

    private bool ReadLoop()
    {
        _at += 2;
        var split = Reserve();
        if (!ReadAlternatives())
        {
            Fail("what may be empty cannot be repeated");
        }

        _steps.Add(new SignatureStep(SignatureOperation.Jump, split));
        _steps[split] = new SignatureStep(SignatureOperation.Split, split + 1, _steps.Count);
        return false;
    }

    /// <summary>Alternatives up to the closing brace, behind the opening one.</summary>
    private bool ReadAlternatives()
    {
        var ends = new List<int>();
        var consumes = true;
        while (Mistake is null)
        {
            var split = Reserve();
            consumes &= ReadSequence();
            ends.Add(Reserve());
            _steps[split] = new SignatureStep(SignatureOperation.Split, split + 1, _steps.Count);
            if (_at >= text.Length || text[_at] != '|')
            {
                // The last alternative has no other one behind it.
                _steps[split] = new SignatureStep(SignatureOperation.Jump, split + 1);
                break;
            }

            _at++;
        }

        Close('}');
        foreach (var end in ends)
        {
            _steps[end] = new SignatureStep(SignatureOperation.Jump, _steps.Count);
        }

        return consumes;
    }

    private bool ReadShared()
    {
        var name = ReadWord();
        var start = _at - name.Length + 1;
        var step = name switch
        {
            _ when name.SequenceEqual("@http-request"u8) => new SignatureStep(SignatureOperation.Rule, start, name.Length - 1),
            _ when name.SequenceEqual("@bind"u8) => new SignatureStep(SignatureOperation.Words, (int)EntryClass.BindWord, AnyLine),
            _ when name.SequenceEqual("@server"u8) => ServerWords(CatalogRow.OnServer | CatalogRow.OnServerTemplate),
            _ when name.SequenceEqual("@default-server"u8) => ServerWords(CatalogRow.OnDefaultServer),
            _ when name.SequenceEqual("@crt-list"u8) => new SignatureStep(SignatureOperation.Words, (int)EntryClass.CrtListWord, AnyLine),
            _ when name.SequenceEqual("@cond"u8) => new SignatureStep(SignatureOperation.Condition, AddSlot(new SignatureSlot(ValueKind.Condition))),
            _ => default,
        };
        if (step == default)
        {
            Fail($"no shared part is called {Encoding.UTF8.GetString(name)}");
        }

        _steps.Add(step);
        return step.Operation == SignatureOperation.Rule;
    }

    private static SignatureStep ServerWords(uint lines) =>
        new(SignatureOperation.Words, (int)EntryClass.ServerWord, (int)lines);

    private bool ReadLiteral()
    {
        var start = _at;
        var word = ReadWord();
        if (word.EndsWith("..."u8))
        {
            word = word[..^3];
            _at -= 3;
        }

        if (word.IsEmpty)
        {
            Fail("a word is empty");
            return true;
        }

        var isPattern = word[1..].Contains((byte)'*');
        _steps.Add(new SignatureStep(isPattern ? SignatureOperation.Pattern : SignatureOperation.Literal, start, word.Length));
        return true;
    }

    private bool ReadSlot()
    {
        if (!TryReadSlot(isOptional: false, out var slot))
        {
            return true;
        }

        var isRest = slot.Kind is ValueKind.Rest or ValueKind.Ignored or ValueKind.AclExpression or ValueKind.Condition;
        _steps.Add(new SignatureStep(isRest ? SignatureOperation.Rest : SignatureOperation.Value, AddSlot(slot)));
        return !isRest;
    }

    private void ReadParameters()
    {
        var isOptional = false;
        for (_at++; Mistake is null && _at < text.Length && text[_at] != ')';)
        {
            switch (text[_at])
            {
                case (byte)'[':
                    isOptional = true;
                    _at++;
                    break;
                case (byte)',' or (byte)']' or (byte)' ':
                    _at++;
                    break;
                case (byte)'.' when text.AsSpan(_at).StartsWith("..."u8):
                    _at += 3;
                    break;
                case (byte)'<' when TryReadSlot(isOptional, out var slot):
                    _parameters.Add(slot);
                    break;
                default:
                    Fail("only values stand in the parentheses of a name");
                    break;
            }
        }

        Close(')');
    }

    private bool TryReadSlot(bool isOptional, [NotNullWhen(true)] out SignatureSlot? slot)
    {
        slot = null;
        var length = text.AsSpan(_at).IndexOf((byte)'>');
        if (length < 0)
        {
            Fail("'<' is not closed");
            return false;
        }

        var inside = text.AsSpan(_at + 1, length - 1);
        var blank = inside.IndexOf((byte)' ');
        var name = blank < 0 ? inside : inside[..blank];
        var colon = name.LastIndexOf((byte)':');
        var label = colon > 0 ? Encoding.UTF8.GetString(name[..colon]) : null;
        if (!ValueKindNames.TryParse(name[(colon + 1)..], out var kind))
        {
            Fail($"no kind of value is called {Encoding.UTF8.GetString(name[(colon + 1)..])}");
            return false;
        }

        long? minimum = null;
        long? maximum = null;
        string? unit = null;
        ImmutableArray<string> choices = [];
        foreach (var range in blank < 0 ? default : inside[(blank + 1)..].Split((byte)' '))
        {
            var detail = inside[(blank + 1)..][range];
            var dots = detail.IndexOf(".."u8);
            if (kind == ValueKind.CommaList)
            {
                choices = [.. Encoding.UTF8.GetString(detail).Split('|')];
            }
            else if (dots < 0)
            {
                unit = Encoding.UTF8.GetString(detail);
            }
            else
            {
                minimum = Bound(detail[..dots]);
                maximum = Bound(detail[(dots + 2)..]);
            }
        }

        _at += length + 1;
        slot = new SignatureSlot(kind)
        {
            Label = label,
            Minimum = minimum,
            Maximum = maximum,
            Unit = unit,
            Choices = choices,
            IsOptional = isOptional,
            IsRepeated = text.AsSpan(_at).StartsWith("..."u8),
        };
        return true;
    }

    private long? Bound(ReadOnlySpan<byte> digits)
    {
        if (digits.IsEmpty)
        {
            return null;
        }

        if (!Utf8Parser.TryParse(digits, out long number, out var used) || used != digits.Length)
        {
            Fail($"{Encoding.UTF8.GetString(digits)} is no bound");
        }

        return number;
    }

    private ReadOnlySpan<byte> ReadWord()
    {
        var rest = text.AsSpan(_at);
        var length = rest.IndexOfAny(EndsWord);
        var word = length < 0 ? rest : rest[..length];
        _at += word.Length;
        return word;
    }

    private int AddSlot(SignatureSlot slot)
    {
        _slots.Add(slot);
        return _slots.Count - 1;
    }

    private int Reserve()
    {
        _steps.Add(default);
        return _steps.Count - 1;
    }

    private void Close(char closing)
    {
        if (SkipBlanks() && text[_at] == closing)
        {
            _at++;
        }
        else
        {
            Fail($"'{closing}' is missing");
        }
    }
}

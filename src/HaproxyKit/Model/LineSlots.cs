using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// Reads what the values of a line mean: by the catalog word by word, by the expressions inside words.
/// </summary>
internal sealed class LineSlots : ISignatureSink
{
    private readonly List<LineSlot> _slots = [];
    private AclScanner _acl;
    private bool _isInAcl;
    private PatternPlace _patterns;
    private bool _isMap;
    private byte _flag;
    private bool _hasPattern;

    private LineSlots()
    {
    }

    /// <summary>All values of a line in order; those inside a word follow the word.</summary>
    /// <param name="section">The kind of section in which the line stands.</param>
    /// <param name="line">The line.</param>
    internal static List<LineSlot> Read(SectionKind section, ReadOnlySpan<byte> line)
    {
        var sink = new LineSlots();
        var found = HaproxyCatalog.AllVersions.FindDirective(section, line);
        if (found.Entry.Exists)
        {
            SignatureMatcher.Match(in found, ref sink);
        }

        return sink._slots;
    }

    /// <inheritdoc/>
    public void Name(scoped in Word word, int index, CatalogEntry entry)
    {
        // A word of the language holds no value.
    }

    /// <inheritdoc/>
    public void Literal(scoped in Word word, int index, CatalogEntry entry)
    {
        // Nor does a fixed word.
    }

    /// <inheritdoc/>
    public void Missing(int index, scoped in SignatureExpectation expected, CatalogEntry entry)
    {
        // What is missing has no place.
    }

    /// <inheritdoc/>
    public void Unexpected(scoped in Word word, int index, scoped in SignatureExpectation expected, CatalogEntry entry)
    {
        // What HAProxy would not take means nothing.
    }

    /// <inheritdoc/>
    public void Parameter(scoped in Word word, int index, scoped ReadOnlySpan<byte> text, SignatureSlot slot, CatalogEntry entry)
    {
        var value = word.ToBytes();
        var open = value.AsSpan().IndexOf((byte)'(');
        for (var at = open; at >= 0 && at < value.Length;)
        {
            var found = value.AsSpan(at + 1).IndexOf(text);
            if (found < 0)
            {
                return;
            }

            at += 1 + found;
            if (value[at - 1] is (byte)'(' or (byte)',' && at + text.Length < value.Length && value[at + text.Length] is (byte)')' or (byte)',')
            {
                _slots.Add(new LineSlot(index, at, text.Length, slot.Kind, SlotNesting.Parameter, Role: null, default, slot));
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Value(scoped in Word word, int index, SignatureSlot slot, CatalogEntry entry)
    {
        var value = word.ToBytes();
        if (slot.Kind is ValueKind.Condition or ValueKind.AclExpression)
        {
            ReadAclWord(value, index, slot.Kind);
            return;
        }

        _slots.Add(new LineSlot(index, 0, value.Length, slot.Kind, SlotNesting.None, Role: null, default, slot));
        if (slot.Kind == ValueKind.LogFormat || (slot.Kind is ValueKind.BackendName or ValueKind.ServerName && value.AsSpan().IndexOf("%["u8) >= 0))
        {
            ReadLogFormat(value, index, slot);
        }
        else if (slot.Kind is ValueKind.SampleExpression or ValueKind.NumberOrExpression or ValueKind.TimeOrExpression or ValueKind.SizeOrExpression or ValueKind.PortOrExpression)
        {
            ReadSample(value, index, 0, value.Length, SlotNesting.Sample);
        }
    }

    private void ReadLogFormat(byte[] value, int index, SignatureSlot slot)
    {
        var scanner = new LogFormatScanner(value);
        while (scanner.MoveNext())
        {
            if (scanner.Kind == LogFormatPartKind.Expression)
            {
                ReadSample(value, index, scanner.Content.Start, scanner.Content.Length, SlotNesting.SampleInLogFormat);
            }
            else if (scanner.Kind == LogFormatPartKind.Text)
            {
                _slots.Add(new LineSlot(index, scanner.Content.Start, scanner.Content.Length, ValueKind.LogFormat, SlotNesting.LogFormat, Role: null, default, slot));
            }
        }
    }

    private void ReadSample(byte[] value, int index, int start, int length, SlotNesting nesting)
    {
        var scanner = new SampleExpressionScanner(value.AsSpan(0, start + length), start);
        while (scanner.MoveNext())
        {
            var name = Encoding.ASCII.GetString(value, scanner.Name.Start, scanner.Name.Length);
            var entry = SampleNames.Find(name, scanner.IsFetch);
            var at = 0;
            foreach (var argument in new SampleArgumentScanner(value, scanner.Arguments))
            {
                var kind = SampleNames.KindOf(name, entry, at++);
                _slots.Add(new LineSlot(index, argument.Start, argument.Length, kind, nesting, Role: null, default, Slot: null));
            }
        }
    }

    private void ReadAclWord(byte[] value, int index, ValueKind kind)
    {
        if (!_isInAcl)
        {
            // The matcher tells a condition from its first word behind if and unless on, or with them.
            _isInAcl = true;
            var hasPolarity = kind == ValueKind.Condition && (value.AsSpan().SequenceEqual("if"u8) || value.AsSpan().SequenceEqual("unless"u8));
            _acl = kind == ValueKind.AclExpression ? AclScanner.OfExpression() : AclScanner.OfCondition(hasPolarity);
        }

        if (!_acl.Next(value))
        {
            return;
        }

        switch (_acl.Role)
        {
            case AclWordRole.If or AclWordRole.Unless:
                _slots.Add(Slot(index, value.Length, ValueKind.Condition));
                break;
            case AclWordRole.Sample:
                _patterns = SampleNames.PatternsOf(value, kind == ValueKind.Condition ? AclPatternSlot.InBraces : AclPatternSlot.None);
                (_isMap, _hasPattern) = (false, false);
                ReadSample(value, index, 0, value.Length, SlotNesting.Sample);
                break;
            case AclWordRole.Flag:
                (_flag, _isMap) = (value[^1], _isMap || value[^1] == 'M');
                break;
            case AclWordRole.FlagValue when _flag == 'f':
                _slots.Add(Slot(index, value.Length, _isMap ? ValueKind.MapFile : ValueKind.AclFile));
                break;
            case AclWordRole.FlagValue when _flag == 'm':
                _patterns = _patterns with { Method = _acl.Method };
                break;
            case AclWordRole.EndOfFlags:
                _hasPattern = true;
                break;
            case AclWordRole.Pattern:
                _slots.Add(Slot(index, value.Length, ValueKind.AclPattern));
                _hasPattern = true;
                break;
            case AclWordRole.Name:
                _slots.Add(Slot(index, value.Length - _acl.Offset, ValueKind.AclName) with { Start = _acl.Offset });
                break;
        }
    }

    private LineSlot Slot(int index, int length, ValueKind kind) => new(
        index, 0, length, kind, SlotNesting.None, _acl.Role,
        _hasPattern ? _patterns with { Slot = _patterns.Slot | AclPatternSlot.AfterFlags } : _patterns, Slot: null);
}

using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis;

/// <summary>The bytes of all names that an analysis keeps, one behind the other.</summary>
/// <param name="expected">About how many bytes there will be.</param>
internal sealed class NamePool(int expected)
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(expected, 1024));
    private int _length;

    /// <summary>The bytes of a name.</summary>
    internal ReadOnlySpan<byte> this[TextSpan name] => _bytes.AsSpan(name.Start, name.Length);

    /// <summary>Keeps a name.</summary>
    /// <returns>Its place here.</returns>
    internal TextSpan Add(ReadOnlySpan<byte> name)
    {
        if (name.Length > _bytes.Length - _length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + name.Length));
        }

        name.CopyTo(_bytes.AsSpan(_length));
        var place = new TextSpan(_length, name.Length);
        _length += name.Length;
        return place;
    }

    /// <summary>A name as text for messages.</summary>
    internal string Text(TextSpan name) => System.Text.Encoding.UTF8.GetString(this[name]);
}

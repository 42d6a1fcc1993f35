using System.Text;

namespace HaproxyKit.Expressions;

/// <summary>A flag before the patterns of an ACL (configuration manual, chapter 7.1).</summary>
public sealed record AclFlag
{
    /// <summary>A flag.</summary>
    /// <param name="name"><c>-i</c>, <c>-n</c>, <c>-M</c>, or with a value <c>-f</c>, <c>-m</c>, <c>-u</c>.</param>
    /// <param name="value">The value: a file, a matching method, or a number; null for the flags without one.</param>
    /// <exception cref="ArgumentException">HAProxy has no such flag, or it does not take this value.</exception>
    public AclFlag(string name, string? value = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        (Name, Value) = (name, value);
        var isRight = name switch
        {
            "-i" or "-n" or "-M" => value is null,
            "-f" => !string.IsNullOrEmpty(value),
            "-m" => AclMatchMethods.TryParse(Encoding.UTF8.GetBytes(value ?? ""), out _),
            "-u" => AclScanner.IsNumber(Encoding.UTF8.GetBytes(value ?? "")),
            _ => false,
        };
        if (!isRight || value?.Contains('\0', StringComparison.Ordinal) == true)
        {
            throw new ArgumentException($"'{name}{(value is null ? "" : " " + value)}' is no flag of an ACL.", nameof(name));
        }
    }

    internal AclFlag(WrittenWord name, WrittenWord? value)
        : this(name.Value, value?.Value) => (NameWord, ValueWord) = (name, value);

    /// <summary>The flag, with its hyphen.</summary>
    public string Name { get; }

    /// <summary>The value, or null.</summary>
    public string? Value { get; }

    private WrittenWord? NameWord { get; }

    private WrittenWord? ValueWord { get; }

    /// <summary>The flag that names a matching method.</summary>
    /// <param name="method">The method, not <see cref="AclMatchMethod.Unspecified"/>.</param>
    /// <returns><c>-m</c> and the method's name.</returns>
    public static AclFlag Match(AclMatchMethod method) => new("-m", AclMatchMethods.NameOf(method));

    /// <inheritdoc/>
    public bool Equals(AclFlag? other) => other is not null && Name == other.Name && Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value);

    /// <summary>The flag and its value.</summary>
    /// <returns>For example <c>-m str</c>.</returns>
    public override string ToString() => Value is null ? Name : $"{Name} {Value}";

    internal void WriteTo(List<WrittenWord> words)
    {
        words.Add(WrittenWord.For(Name, NameWord));
        if (Value is not null)
        {
            words.Add(WrittenWord.For(Value, ValueWord));
        }
    }
}

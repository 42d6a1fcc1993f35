using System.Text;

namespace HaproxyKit.Expressions;

/// <summary>An alias in a log format, such as <c>%ci</c>; <see cref="LogFormatAliases"/> knows them all.</summary>
public sealed record LogFormatAliasItem : LogFormatItem
{
    /// <summary>An alias.</summary>
    /// <param name="alias">Its name without the percent sign, a letter and then letters and digits.</param>
    /// <exception cref="ArgumentException"><paramref name="alias"/> is no such name.</exception>
    public LogFormatAliasItem(string alias) => Alias = alias;

    /// <summary>The name without the percent sign.</summary>
    /// <exception cref="ArgumentException">What is set is no name of an alias.</exception>
    public string Alias
    {
        get;
        init => field = !string.IsNullOrEmpty(value) && char.IsAsciiLetter(value[0]) && value.All(char.IsAsciiLetterOrDigit)
            ? value
            : throw new ArgumentException($"'{value}' names no alias: a letter and then letters and digits do.", nameof(value));
    }

    /// <inheritdoc/>
    public bool Equals(LogFormatAliasItem? other) => base.Equals(other) && Alias == other!.Alias;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Alias);

    internal override void WriteTo(StringBuilder text)
    {
        base.WriteTo(text);
        text.Append(Alias);
    }
}

using System.Globalization;

namespace HaproxyKit.Model;

/// <summary>Named words of a line as properties: present or not, with a value or a number.</summary>
internal static class DirectiveSettings
{
    internal static void SetOrRemove(this Directive directive, string name, string? value)
    {
        if (value is null)
        {
            directive.Arguments.Remove(name);
        }
        else
        {
            directive.Arguments.Set(name, value);
        }
    }

    internal static void SetOrRemove(this Directive directive, string name, bool present)
    {
        if (present)
        {
            directive.Arguments.Set(name);
        }
        else
        {
            directive.Arguments.Remove(name);
        }
    }

    internal static int? GetNumber(this Directive directive, string name) =>
        int.TryParse(directive.Arguments.Get(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static void SetNumber(this Directive directive, string name, int? value, int max)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(number, max, nameof(value));
        }

        directive.SetOrRemove(name, value?.ToString(CultureInfo.InvariantCulture));
    }
}

using System.Globalization;
using System.Net;
using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>The value of a hole, as text, and of which sort it is.</summary>
/// <param name="Text">The value as text, before any escaping.</param>
/// <param name="IsNumber">Whether it is a whole number, which needs no escaping anywhere.</param>
/// <param name="IsTime">Whether it is a time with its unit.</param>
internal sealed record RuleValue(string Text, bool IsNumber, bool IsTime)
{
    internal static RuleValue Of(object? value) => value switch
    {
        null => throw new ArgumentNullException(nameof(value), "A hole must have a value."),
        string text => new RuleValue(text, IsNumber: false, IsTime: false),
        char letter => new RuleValue(letter.ToString(), IsNumber: false, IsTime: false),
        sbyte or byte or short or ushort or int or uint or long or ulong =>
            new RuleValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), IsNumber: true, IsTime: false),
        TimeSpan time => new RuleValue(HaproxyTime.Format(time), IsNumber: false, IsTime: true),
        bool isOn => new RuleValue(isOn ? "on" : "off", IsNumber: false, IsTime: false),
        IPAddress or IPNetwork or Address or ProxyMode or Uri => new RuleValue(value.ToString() ?? "", IsNumber: false, IsTime: false),
        Section { Name.Length: > 0 } section => new RuleValue(section.Name, IsNumber: false, IsTime: false),
        NamedDirective { Name.Length: > 0 } line => new RuleValue(line.Name, IsNumber: false, IsTime: false),
        Server { Name.Length: > 0 } server => new RuleValue(server.Name, IsNumber: false, IsTime: false),
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} has no place in a line; make a text or a number of it.", nameof(value)),
    };
}

using System.Collections;
using System.Reflection;
using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

/// <summary>Reads everything that the model's types let a user read.</summary>
internal static class ModelWalker
{
    /// <summary>
    /// Reads every public property of every section, directive and argument, and of the lists that they give.
    /// </summary>
    /// <returns>How many values were read.</returns>
    internal static int ReadEverything(HaproxyConfig config)
    {
        var count = ReadProperties(config);
        foreach (var section in config.Sections)
        {
            count += ReadProperties(section) + ReadDescribed(section);
            foreach (var directive in section.Directives)
            {
                count += ReadProperties(directive) + ReadDescribed(directive) + directive.Arguments.Sum(ReadProperties);
                count += directive.Arguments.Count(a => directive.Arguments.Contains(a.Value) | directive.Arguments.Get(a.Value) is null);
            }

            count += section.Directives.Select(d => d.Keyword).Distinct(StringComparer.Ordinal).Sum(keyword => section.Directives[keyword].Count);
        }

        return count;
    }

    /// <summary>
    /// Reads every described property, also of views that another kind of section would have: any section may be asked anything.
    /// </summary>
    private static int ReadDescribed(object of) => TypedProperty.All
        .Where(property => of is Section ? !typeof(Directive).IsAssignableFrom(property.Owner) : property.Owner.IsInstanceOfType(of))
        .Sum(property => property.Description.Read(of) is null ? 0 : 1);

    private static int ReadProperties(object of)
    {
        var count = 0;
        foreach (var property in of.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            count += property.GetValue(of) is IEnumerable values and not string ? values.Cast<object?>().Count() : 1;
        }

        return count + (of.ToString() is null ? 0 : 1);
    }
}

namespace HaproxyKit.Tests.Comparison;

/// <summary>Makes a number of edits, and tells the changes that comparison must find: no more, no fewer.</summary>
internal static class TypedEdit
{
    /// <summary>Each edit takes a line, or a section, that none before it took.</summary>
    internal static (ComparedConfig After, List<string> Changes) Apply(ComparedConfig config, int edits)
    {
        var random = new Random(config.Seed ^ edits);
        var sections = config.Sections.Select(section => section.ToList()).ToList();
        var changes = new List<string>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < edits; n++)
        {
            if (sections.Count == 0)
            {
                break;
            }

            var section = sections[random.Next(sections.Count)];
            var header = string.Join(' ', section[0]);
            var line = section.Count > 1 ? random.Next(1, section.Count) : 0;
            var isNew = header.StartsWith("backend new", StringComparison.Ordinal) || header.StartsWith("backend renamed", StringComparison.Ordinal);
            var isLonger = used.Contains($"{header} +");
            switch (random.Next(7))
            {
                case 0 when !isNew:
                    used.Add($"{header} +");
                    section.Insert(random.Next(1, section.Count + 1), ["option", $"new{n}"]);
                    changes.Add($"Added {header}: option new{n}");
                    break;
                case 1 when line > 0 && !isLonger && used.Add(header):
                    changes.Add($"Removed {header}: {string.Join(' ', section[line])}");
                    section.RemoveAt(line);
                    break;
                case 2 when line > 0 && !isLonger && used.Add(header):
                    changes.Add($"Changed {header}: {string.Join(' ', section[line])} more{n}");
                    section[line] = [.. section[line], $"more{n}"];
                    break;
                case 3 when section[0][0] is "frontend" or "backend" && !isLonger && used.Add(header):
                    changes.Add($"Removed {header}");
                    sections.Remove(section);
                    break;
                case 4:
                    sections.Insert(random.Next(Math.Min(2, sections.Count), sections.Count + 1), [["backend", $"new{n}"], ["mode", "tcp"]]);
                    used.Add($"backend new{n}");
                    changes.Add($"Added backend new{n}");
                    break;
                case 5 when !isLonger && section.FindAll(words => words[0] == "server").Count > 1 && used.Add(header):
                    var first = section.FindIndex(words => words[0] == "server");
                    (section[first], section[first + 1]) = (section[first + 1], section[first]);
                    changes.Add($"Moved {header}: server");
                    break;
                case 6 when section[0][0] == "backend" && !isLonger && section.Exists(words => words[0] == "server") && used.Add(header):
                    sections[sections.IndexOf(section)] = [["backend", $"renamed{n}"], .. section.Skip(1)];
                    used.Add($"backend renamed{n}");
                    changes.Add($"Changed backend renamed{n}");
                    break;
            }
        }

        return (config with { Sections = [.. sections.Select(section => section.ToArray())] }, changes);
    }
}

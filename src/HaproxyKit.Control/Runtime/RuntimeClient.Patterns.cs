using System.Globalization;

namespace HaproxyKit.Control.Runtime;

/// <content>
/// Maps and acl files (management guide, 9.3). They are named by the path that the configuration has, or by <c>#ID</c>.
/// What is changed here is gone after a reload unless the files on disk say the same.
/// </content>
public sealed partial class RuntimeClient
{
    /// <summary>Shows the maps that the worker has loaded.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The maps.</returns>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no such list.</exception>
    public Task<IReadOnlyList<PatternFile>> ShowMapsAsync(CancellationToken cancellationToken = default) =>
        ShowPatternFilesAsync(PatternKind.Map, cancellationToken);

    /// <summary>
    /// Shows the acl files that the worker has loaded, and the patterns that stand in its configuration.
    /// </summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The files; those of no file have an empty path.</returns>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no such list.</exception>
    public Task<IReadOnlyList<PatternFile>> ShowAclsAsync(CancellationToken cancellationToken = default) =>
        ShowPatternFilesAsync(PatternKind.Acl, cancellationToken);

    /// <summary>Shows the entries of a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="version">A version that is not committed yet, or null for the one in use.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The entries in HAProxy's order, or null where there is no such map.</returns>
    /// <exception cref="ArgumentException">The name is no name of a map.</exception>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no such list.</exception>
    public Task<IReadOnlyList<PatternEntry>?> ShowMapAsync(string map, long? version = null, CancellationToken cancellationToken = default) =>
        ShowPatternsAsync(PatternKind.Map, map, version, cancellationToken);

    /// <summary>Shows the patterns of an acl file.</summary>
    /// <param name="acl">The acl file.</param>
    /// <param name="version">A version that is not committed yet, or null for the one in use.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The patterns in HAProxy's order, or null where there is no such file.</returns>
    /// <exception cref="ArgumentException">The name is no name of an acl file.</exception>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no such list.</exception>
    public Task<IReadOnlyList<PatternEntry>?> ShowAclAsync(string acl, long? version = null, CancellationToken cancellationToken = default) =>
        ShowPatternsAsync(PatternKind.Acl, acl, version, cancellationToken);

    /// <summary>Adds an entry to a map; one with the same key stays, and the first of them counts.</summary>
    /// <param name="map">The map.</param>
    /// <param name="key">
    /// The key: without blanks, since a file cannot hold one, and without a <c>#</c> at its start.
    /// </param>
    /// <param name="value">The value, of any characters but NUL and line endings; blanks at its end are kept.</param>
    /// <param name="version">A version that was prepared, or null for the one in use.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">An argument cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> AddMapEntryAsync(
        string map, string key, string value, long? version = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(PatternCommands.Add(PatternKind.Map, map, version, PatternCommands.Key(key), value), cancellationToken);

    /// <summary>Adds a pattern to an acl file.</summary>
    /// <param name="acl">The acl file.</param>
    /// <param name="pattern">The pattern, without a <c>#</c> at its start.</param>
    /// <param name="version">A version that was prepared, or null for the one in use.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">An argument cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> AddAclPatternAsync(
        string acl, string pattern, long? version = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(PatternCommands.Add(PatternKind.Acl, acl, version, PatternCommands.Pattern(pattern)), cancellationToken);

    /// <summary>Gives all entries of a key another value.</summary>
    /// <param name="map">The map.</param>
    /// <param name="key">The key, or an entry's <see cref="PatternEntry.Reference"/> behind a <c>#</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; <see cref="RuntimeOutcome.NotFound"/> where there is no such entry.</returns>
    /// <exception cref="ArgumentException">An argument cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetMapEntryAsync(string map, string key, string value, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("set", "map", PatternCommands.File(map), PatternCommands.KeyOrReference(key), value), cancellationToken);

    /// <summary>Deletes all entries of a key.</summary>
    /// <param name="map">The map.</param>
    /// <param name="key">The key, or an entry's <see cref="PatternEntry.Reference"/> behind a <c>#</c>.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; <see cref="RuntimeOutcome.NotFound"/> where there is no such entry.</returns>
    /// <exception cref="ArgumentException">An argument cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> DeleteMapEntryAsync(string map, string key, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("del", "map", PatternCommands.File(map), PatternCommands.KeyOrReference(key)), cancellationToken);

    /// <summary>Deletes a pattern of an acl file.</summary>
    /// <param name="acl">The acl file.</param>
    /// <param name="pattern">The pattern, or an entry's <see cref="PatternEntry.Reference"/> behind a <c>#</c>.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; <see cref="RuntimeOutcome.NotFound"/> where there is no such pattern.</returns>
    /// <exception cref="ArgumentException">An argument cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> DeleteAclPatternAsync(string acl, string pattern, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("del", "acl", PatternCommands.File(acl), PatternCommands.PatternOrReference(pattern)), cancellationToken);

    /// <summary>
    /// Deletes all entries of a map at once. To fill it anew without a moment in which it is empty, replace it.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <param name="version">A version that was prepared, or null for the one in use.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is no name of a map.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> ClearMapAsync(string map, long? version = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(PatternCommands.Clear(PatternKind.Map, map, version), cancellationToken);

    /// <summary>Deletes all patterns of an acl file at once.</summary>
    /// <param name="acl">The acl file.</param>
    /// <param name="version">A version that was prepared, or null for the one in use.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is no name of an acl file.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> ClearAclAsync(string acl, long? version = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(PatternCommands.Clear(PatternKind.Acl, acl, version), cancellationToken);

    /// <summary>Begins a new, empty version of a map, beside the one in use.</summary>
    /// <param name="map">The map.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>The version's number, or HAProxy's refusal.</returns>
    /// <exception cref="ArgumentException">The name is no name of a map.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<PatternVersion> PrepareMapAsync(string map, CancellationToken cancellationToken = default) =>
        PatternTable.ParseVersion(await SendAsync(PatternCommands.Prepare(PatternKind.Map, map), cancellationToken).ConfigureAwait(false));

    /// <summary>Begins a new, empty version of an acl file, beside the one in use.</summary>
    /// <param name="acl">The acl file.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>The version's number, or HAProxy's refusal.</returns>
    /// <exception cref="ArgumentException">The name is no name of an acl file.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<PatternVersion> PrepareAclAsync(string acl, CancellationToken cancellationToken = default) =>
        PatternTable.ParseVersion(await SendAsync(PatternCommands.Prepare(PatternKind.Acl, acl), cancellationToken).ConfigureAwait(false));

    /// <summary>Puts a prepared version of a map to use, in one step, and drops the one before.</summary>
    /// <param name="map">The map.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is no name of a map.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> CommitMapAsync(string map, long version, CancellationToken cancellationToken = default) =>
        ChangeAsync(PatternCommands.Commit(PatternKind.Map, map, version), cancellationToken);

    /// <summary>Puts a prepared version of an acl file to use, in one step, and drops the one before.</summary>
    /// <param name="acl">The acl file.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is no name of an acl file.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> CommitAclAsync(string acl, long version, CancellationToken cancellationToken = default) =>
        ChangeAsync(PatternCommands.Commit(PatternKind.Acl, acl, version), cancellationToken);

    /// <summary>
    /// Replaces all entries of a map in one step: a lookup sees the old map or the new one, never a part. All commands
    /// go to one worker; where any is refused, the map stays as it was.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <param name="entries">The new entries, in order; see <see cref="AddMapEntryAsync"/>.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer to the last command, or its first refusal.</returns>
    /// <exception cref="ArgumentException">An argument cannot be said; nothing was sent.</exception>
    /// <exception cref="RuntimeException">
    /// There was not a whole answer to each command; the map is as it was or as was wanted.
    /// </exception>
    public Task<RuntimeChange> ReplaceMapAsync(
        string map, IEnumerable<KeyValuePair<string, string>> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        string[][] words = [.. entries.Select(entry => new[] { PatternCommands.Key(entry.Key), entry.Value })];
        return ReplacePatternsAsync(PatternKind.Map, map, words, cancellationToken);
    }

    /// <summary>
    /// Replaces all patterns of an acl file in one step, as <see cref="ReplaceMapAsync"/> does with a map.
    /// </summary>
    /// <param name="acl">The acl file.</param>
    /// <param name="patterns">The new patterns, in order.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer to the last command, or its first refusal.</returns>
    /// <exception cref="ArgumentException">An argument cannot be said; nothing was sent.</exception>
    /// <exception cref="RuntimeException">
    /// There was not a whole answer to each command; the file is as it was or as was wanted.
    /// </exception>
    public Task<RuntimeChange> ReplaceAclAsync(string acl, IEnumerable<string> patterns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        string[][] words = [.. patterns.Select(pattern => new[] { PatternCommands.Pattern(pattern) })];
        return ReplacePatternsAsync(PatternKind.Acl, acl, words, cancellationToken);
    }

    private async Task<IReadOnlyList<PatternFile>> ShowPatternFilesAsync(PatternKind kind, CancellationToken cancellationToken)
    {
        var command = RuntimeCommand.Of("show", PatternCommands.Word(kind));
        var answer = await ShowAsync(command, cancellationToken).ConfigureAwait(false);
        return PatternTable.ParseFiles(answer) ?? throw Unexpected(command, answer);
    }

    private async Task<IReadOnlyList<PatternEntry>?> ShowPatternsAsync(
        PatternKind kind, string file, long? version, CancellationToken cancellationToken)
    {
        var command = PatternCommands.Show(kind, file, version);
        var answer = await ShowAsync(command, cancellationToken).ConfigureAwait(false);
        return SilentAnswer.OutcomeOfRefusal(answer) == RuntimeOutcome.NotFound
            ? null
            : PatternTable.ParseEntries(answer, kind) ?? throw Unexpected(command, answer);
    }

    private async Task<RuntimeChange> ReplacePatternsAsync(
        PatternKind kind, string file, string[][] entries, CancellationToken cancellationToken)
    {
        // All that can be wrong with the words shows before anything is sent.
        foreach (var entry in entries)
        {
            _ = PatternCommands.Add(kind, file, 0, entry);
        }

        var session = await OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var prepared = PatternTable.ParseVersion(
                await session.SendAsync(PatternCommands.Prepare(kind, file), cancellationToken).ConfigureAwait(false));
            if (prepared.Version is not { } version)
            {
                return prepared.Answer;
            }

            var additions = Array.ConvertAll(entries, entry => PatternCommands.Add(kind, file, version, entry));
            var answers = await session.SendAsync(additions, cancellationToken).ConfigureAwait(false);
            if (answers.Index().FirstOrDefault(answer => answer.Item.Length > 0) is { Item: { } refusal } refused)
            {
                _ = await session.SendAsync(PatternCommands.Clear(kind, file, version), cancellationToken).ConfigureAwait(false);
                return new RuntimeChange(
                    SilentAnswer.OutcomeOfRefusal(refusal),
                    string.Create(CultureInfo.InvariantCulture, $"entry {refused.Index + 1}: {refusal}"));
            }

            return SilentAnswer.Judge(
                await session.SendAsync(PatternCommands.Commit(kind, file, version), cancellationToken).ConfigureAwait(false));
        }
    }
}

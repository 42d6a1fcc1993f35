using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Edits of a document through the model.</summary>
public static class ConfigDocumentEditing
{
    /// <summary>Changes a copy of a document through the model.</summary>
    /// <param name="document">The document, which stays as it is.</param>
    /// <param name="edit">The change.</param>
    /// <returns>The changed document, which shares with the old one whatever did not change.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ConfigDocument Edit(this ConfigDocument document, Action<HaproxyConfig> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var config = new HaproxyConfig(document);
        edit(config);
        return config.Document;
    }
}

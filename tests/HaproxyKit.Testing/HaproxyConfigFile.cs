namespace HaproxyKit.Testing;

/// <summary>One file that a HAProxy of a test is started with.</summary>
/// <param name="Name">The file's name within the instance's folder.</param>
/// <param name="Text">Its text, in which placeholders are filled in; see <see cref="HaproxyInstance.Expand"/>.</param>
public readonly record struct HaproxyConfigFile(string Name, string Text);

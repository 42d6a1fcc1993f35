using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>Something that a person has to look at.</summary>
/// <param name="Key">What it is about; there is one alarm of a key at a time.</param>
/// <param name="Diagnostic">What is wrong, and where.</param>
/// <param name="Since">When it was raised first.</param>
public sealed record Alarm(string Key, Diagnostic Diagnostic, DateTimeOffset Since);

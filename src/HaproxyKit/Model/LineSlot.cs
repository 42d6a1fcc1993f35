using HaproxyKit.Catalog;
using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>A value in a line: a word, or a part of one, and what it means.</summary>
/// <param name="Word">The word's place on the line, from 0.</param>
/// <param name="Start">Where the value begins in the word's decoded value, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Nesting">In what it stands: nothing, a log format, a sample expression.</param>
/// <param name="Role">What it is in a condition or an acl; null elsewhere.</param>
/// <param name="Patterns">For a pattern, where it stands and how it is matched.</param>
/// <param name="Slot">The slot of the signature, with its bounds; null inside expressions.</param>
internal readonly record struct LineSlot(
    int Word, int Start, int Length, ValueKind Kind, SlotNesting Nesting, AclWordRole? Role, PatternPlace Patterns, SignatureSlot? Slot);

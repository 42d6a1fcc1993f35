using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Writes another name in the places that name something.</summary>
internal static class Renaming
{
    /// <summary>Follows a new name.</summary>
    /// <param name="references">The places that may mean it.</param>
    /// <param name="name">The new name, of characters that need no escaping anywhere.</param>
    /// <param name="isAmbiguous">Whether something else has the old name, too.</param>
    internal static RenameResult Follow(IReadOnlyList<Reference> references, string name, bool isAmbiguous)
    {
        var (followed, left) = (new List<Reference>(), new List<Reference>());
        var bytes = Encoding.ASCII.GetBytes(name);

        // From the last place of a line to the first, so that the others stay where they were.
        foreach (var reference in references.Reverse())
        {
            if (reference.IsDynamic || isAmbiguous)
            {
                left.Insert(0, reference);
                continue;
            }

            followed.Insert(0, reference);
            if (reference.Directive is not { } directive)
            {
                ((ProxySection)reference.Section).From = name;
                continue;
            }

            var (slot, word) = (reference.Slot, Encoding.UTF8.GetBytes(directive.Word(reference.Slot.Word).Value));
            directive.ReplaceWord(slot.Word, WordWriter.Quote([.. word[..slot.Start], .. bytes, .. word[(slot.Start + slot.Length)..]]));
        }

        return new RenameResult { Followed = followed, NotFollowed = left };
    }
}

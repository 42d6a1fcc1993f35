using System.Text;

namespace HaproxyKit.Syntax;

/// <summary>Text to bytes without a loss: what UTF-8 cannot say is refused, not replaced.</summary>
internal static class StrictUtf8
{
    private static readonly UTF8Encoding Encoding =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static byte[] GetBytes(string text, string argument)
    {
        try
        {
            return Encoding.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException(
                $"The text holds half of a surrogate pair at index {e.Index}, which UTF-8 cannot say.", argument, e);
        }
    }
}

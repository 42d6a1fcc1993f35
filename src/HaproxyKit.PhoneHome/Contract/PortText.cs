namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Reads ports in plain digits: no sign, blank, exponent, range or leading zero.</summary>
internal static class PortText
{
    private const int MaxDigits = 5;

    internal static bool TryRead(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        if (text.IsEmpty || text.Length > MaxDigits || text[0] == '0')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            port = (port * 10) + (c - '0');
        }

        return IsPort(port);
    }

    internal static bool IsPort(int number) => number is >= 1 and <= 65535;
}

using System.Security.Cryptography;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>Tokens as a host has them, whose settings a test can change.</summary>
internal sealed class KnownTokens : IDisposable
{
    private readonly ServiceProvider services;

    internal KnownTokens(params TokenEntry[] entries)
        : this(options => AddTo(options, entries))
    {
    }

    internal KnownTokens(Action<PhoneHomeTokenOptions> configure, params string[] origins)
    {
        Configure = configure;
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<TimeProvider>(Clock)
            .AddPhoneHomeAccess()
            .Configure<PhoneHomeTokenOptions>(options => Configure(options))
            .Configure<PhoneHomeSignatureOptions>(options => Array.ForEach(origins, options.Origins.Add))
            .BuildServiceProvider();
        Validator = new TokenValidator(
            services.GetRequiredService<IOptionsMonitor<PhoneHomeTokenOptions>>(),
            services.GetRequiredService<IOptions<PhoneHomeSignatureOptions>>(),
            Clock,
            services.GetRequiredService<ILogger<TokenValidator>>(),
            (one, other) =>
            {
                Comparisons++;
                return CryptographicOperations.FixedTimeEquals(one, other);
            },
            Alarms);
    }

    internal Action<PhoneHomeTokenOptions> Configure { get; set; }

    internal SteppedClock Clock { get; } = new();

    internal CapturedLog Log { get; } = new();

    internal AlarmBoard Alarms { get; } = new();

    internal TokenValidator Validator { get; }

    /// <summary>How often something secret was compared.</summary>
    internal int Comparisons { get; private set; }

    internal string? OwnerOf(string presented) => Validator.Validate(presented).Grant?.Owner;

    /// <summary>Lets settings count that have changed, as a source of settings does that reloads itself.</summary>
    internal void Reload(TokenEntry[] entries)
    {
        Configure = options => AddTo(options, entries);
        Reload();
    }

    /// <summary>Lets what <see cref="Configure"/> says now count.</summary>
    internal void Reload()
    {
        services.GetRequiredService<IOptionsMonitorCache<PhoneHomeTokenOptions>>().Clear();
        Look();
    }

    /// <summary>Lets so much time go by that files are looked at again.</summary>
    internal void Look()
    {
        Clock.Step(TokenSource.LookInterval);
        _ = Validator.Validate("look");
    }

    public void Dispose() => services.Dispose();

    private static void AddTo(PhoneHomeTokenOptions options, TokenEntry[] entries) => Array.ForEach(entries, options.Tokens.Add);
}

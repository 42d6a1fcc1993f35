using System.Security.Cryptography;
using HaproxyKit.AspNetCore.Hosting;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.Hosting;

public sealed class ServerCertificateTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder folder = new();
    private readonly TestCertificate authority = new();
    private readonly SteppedTime time = new();
    private readonly CapturedLog log = new();

    [Fact]
    public void Current_follows_a_renewal_within_seconds()
    {
        var certificate = Write("first");

        Assert.Equal("CN=first", certificate.Current.TargetCertificate.Subject);
        Write("second");
        Assert.Equal("CN=first", certificate.Current.TargetCertificate.Subject);
        time.Step(Look);
        Assert.Equal("CN=second", certificate.Current.TargetCertificate.Subject);
    }

    [Fact]
    public void Current_keeps_the_former_while_the_files_do_not_fit_together()
    {
        var certificate = Write("first");
        folder.Write("tls.key", authority.Issue("second").Key);
        time.Step(Look);

        Assert.Equal("CN=first", certificate.Current.TargetCertificate.Subject);
        Assert.Contains(log.Lines, line => line.Contains("cannot be used", StringComparison.Ordinal));
        Write("third");
        time.Step(Look);
        Assert.Equal("CN=third", certificate.Current.TargetCertificate.Subject);
    }

    [Fact]
    public void Current_keeps_the_former_while_a_file_is_missing()
    {
        var certificate = Write("first");
        File.Delete(folder.File("tls.crt"));
        time.Step(Look);

        Assert.Equal("CN=first", certificate.Current.TargetCertificate.Subject);
    }

    [Fact]
    public void Certificate_and_key_may_be_in_one_file_with_intermediates_behind()
    {
        using var intermediate = new TestCertificate(authority);
        var (pem, key) = intermediate.Issue("one");
        var file = folder.Write("all.pem", pem + key + intermediate.Authority.ExportCertificatePem());

        var certificate = new ServerCertificate(file, null, time, log);

        Assert.Equal("CN=one", certificate.Current.TargetCertificate.Subject);
        Assert.Equal("CN=test intermediate", Assert.Single(certificate.Current.IntermediateCertificates).Subject);
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused() =>
        Assert.ThrowsAny<CryptographicException>(() => new ServerCertificate(
            folder.Write("tls.crt", authority.Issue("one").Certificate), folder.Write("tls.key", authority.Issue("two").Key), time, log));

    [Fact]
    public void A_file_that_is_no_certificate_is_refused() =>
        Assert.ThrowsAny<CryptographicException>(
            () => new ServerCertificate(folder.Write("x.pem", "hello"), null, time, log));

    public void Dispose()
    {
        folder.Dispose();
        authority.Dispose();
    }

    private ServerCertificate Write(string name)
    {
        var (pem, key) = authority.Issue(name);
        return new ServerCertificate(folder.Write("tls.crt", pem), folder.Write("tls.key", key), time, log);
    }
}

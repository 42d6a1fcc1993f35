using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;
using Microsoft.Extensions.Configuration;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>The settings files of the samples are where settings are looked up: what they show can be used as it stands there, and is all there is.</summary>
public sealed class SampleSettingsTests
{
    /// <summary>All settings that the webhook reads.</summary>
    private static readonly Type[] WebhookOptions =
    [
        .. new[] { typeof(HaproxyOptions), typeof(PhoneHomeOptions), typeof(AspNetCore.Endpoints.AuditOptions) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => SectionOf(type) is not null),
    ];

    [Theory]
    [InlineData("Webhook")]
    [InlineData("Worker")]
    public void Settings_that_stand_in_comments_can_be_used_without_their_slashes(string sample)
    {
        var text = WithoutSlashes(Read(sample));

        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(text))).Build();

        foreach (var type in WebhookOptions)
        {
            var options = Activator.CreateInstance(type)!;
            configuration.GetSection(SectionOf(type)!).Bind(options, binder => binder.ErrorOnUnknownConfiguration = type != typeof(PhoneHomeTokenOptions));
            foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.GetValue(Activator.CreateInstance(type)) is not null))
            {
                Assert.True(
                    Equals(property.GetValue(Activator.CreateInstance(type)), property.GetValue(options)), $"{SectionOf(type)}:{property.Name} is not shown as it is by default");
            }
        }
    }

    [Fact]
    public void Webhooks_file_names_every_setting()
    {
        Assert.Contains(typeof(HaproxyOptions), WebhookOptions);
        Assert.Empty(WebhookOptions.SelectMany(type => MissingIn("Webhook", type)));
    }

    /// <summary>What both would do in different ways has to stand where somebody makes the two files alike; the worker alone takes no calls.</summary>
    [Fact]
    public void Workers_file_names_every_setting_of_mappings_and_their_sections() => Assert.Equal(
        [$"{PhoneHomeOptions.SectionName}:{nameof(PhoneHomeOptions.QueueCapacity)}"],
        MissingIn("Worker", typeof(PhoneHomeOptions)).Concat(MissingIn("Worker", typeof(MappingSectionOptions))));

    /// <summary>The settings of a section that the file does not have, in comments or outside; of what a list holds, those that it has no word of.</summary>
    private static IEnumerable<string> MissingIn(string sample, Type type)
    {
        var text = Read(sample);
        using var file = JsonDocument.Parse(WithoutSlashes(text), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var section = SectionOf(type)!;
        var there = section.Split(':').Aggregate(file.RootElement, (element, name) => element.GetProperty(name));
        foreach (var property in type.GetProperties().Where(IsSetting))
        {
            if (!there.TryGetProperty(property.Name, out _))
            {
                yield return $"{section}:{property.Name}";
            }

            var items = property.PropertyType.GetGenericArguments().Where(item => item != typeof(string) && !item.IsValueType);
            foreach (var member in items.SelectMany(item => item.GetProperties()).Where(IsSetting))
            {
                if (!Regex.IsMatch(text, $@"\b{member.Name}\b"))
                {
                    yield return $"{section}:{property.Name}:0:{member.Name}";
                }
            }
        }
    }

    private static bool IsSetting(PropertyInfo property) => property.CanWrite || property.PropertyType.IsAssignableTo(typeof(IEnumerable));

    private static string? SectionOf(Type type) => type.GetField("SectionName")?.GetRawConstantValue() as string;

    private static string WithoutSlashes(string text) => Regex.Replace(text, """^(\s*)// (?="\w+":|\{ ")""", "$1", RegexOptions.Multiline);

    private static string Read(string sample) => File.ReadAllText(Path.Combine(Repository.Root, "samples", sample, "appsettings.json"));
}

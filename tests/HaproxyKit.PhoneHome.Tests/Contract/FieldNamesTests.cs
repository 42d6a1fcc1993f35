using System.Text;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tests.Contract;

public sealed class FieldNamesTests
{
    [Fact]
    public void IsKnown_holds_for_each_member_of_both_formats_and_for_no_word_of_a_callers()
    {
        var ours = typeof(PhoneHomeRequest).GetProperties().Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name));
        var checks = typeof(PhoneHomeCheck).GetProperties().Select(member => "check." + JsonNamingPolicy.CamelCase.ConvertName(member.Name));
        string[] incumbents = ["dst-ip", "frontend-port", "backend-port", "action", "name", "send-proxy"];

        Assert.All(ours.Concat(checks).Concat(incumbents), member => Assert.True(FieldNames.IsKnown(member), member));
        Assert.All(["", "Name", "check.other", "token"], member => Assert.False(FieldNames.IsKnown(member), member));
    }

    /// <summary>However many problems there are, of which an answer holds some.</summary>
    [Theory]
    [InlineData("\"a\\nb\"", "70000", null, null)]
    [InlineData("\"a\"", "8443", "a", 8443)]
    public void Name_and_port_of_a_validation_are_well_formed_or_null(string name, string port, string? expectedName, int? expectedPort)
    {
        var others = string.Concat(Enumerable.Range(0, 2 * PhoneHomeLimits.MaxProblems).Select(i => $"\"x{i}\":1,"));
        var body = $$"""{{{others}}"name":{{name}},"frontendPort":{{port}}}""";

        var validation = MappingValidator.Validate(Encoding.UTF8.GetBytes(body), RequestFormat.PhoneHome, new CallOrigin { Owner = "o" });

        Assert.Equal((expectedName, expectedPort, false), (validation.Name, validation.FrontendPort, validation.IsValid));
    }
}

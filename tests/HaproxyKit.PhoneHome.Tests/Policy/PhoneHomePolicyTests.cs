using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Policy;

public sealed class PhoneHomePolicyTests
{
    [Fact]
    public void Judge_without_networks_a_caller_may_name_only_itself()
    {
        var policy = Policy();

        Assert.Empty(Judge(policy, "203.0.113.9", caller: "203.0.113.9"));
        Assert.Equal(["address"], Judge(policy, "203.0.113.7", caller: "203.0.113.9"));
        Assert.Equal(["address"], Judge(policy, "203.0.113.7", caller: null));
    }

    [Fact]
    public void Judge_with_networks_any_address_within_them_is_allowed_and_no_other()
    {
        var policy = Policy(o => o.NodeNetworks.Add("203.0.113.0/24"));

        Assert.Empty(Judge(policy, "203.0.113.7", caller: "198.51.100.1"));
        Assert.Equal(["address"], Judge(policy, "198.51.100.1", caller: "198.51.100.1"));
    }

    [Fact]
    public void Judge_with_networks_and_the_callers_rule_both_bind()
    {
        var policy = Policy(o =>
        {
            o.NodeNetworks.Add("203.0.113.0/24");
            o.AddressRule = AddressRule.Caller;
        });

        Assert.Empty(Judge(policy, "203.0.113.9", caller: "203.0.113.9"));
        Assert.Equal(["address"], Judge(policy, "203.0.113.7", caller: "203.0.113.9"));
        Assert.Equal(["address"], Judge(policy, "198.51.100.1", caller: "198.51.100.1"));
    }

    [Fact]
    public void Judge_with_any_only_special_addresses_are_forbidden()
    {
        var policy = Policy(o => o.AddressRule = AddressRule.Any);

        Assert.Empty(Judge(policy, "198.51.100.1", caller: null));
        Assert.Equal(["address"], Judge(policy, "127.0.0.1", caller: null));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.0/8")]
    [InlineData("0.0.0.0", "0.0.0.0/8")]
    [InlineData("169.254.1.1", "169.254.0.0/16")]
    [InlineData("169.254.169.254", "169.254.169.254/32")]
    [InlineData("100.100.100.200", "100.100.100.200/32")]
    [InlineData("224.0.0.1", "224.0.0.0/4")]
    [InlineData("239.255.255.255", "239.0.0.0/8")]
    [InlineData("255.255.255.255", "255.255.255.255/32")]
    [InlineData("250.1.1.1", "250.0.0.0/8")]
    [InlineData("::", "::/128")]
    [InlineData("::1", "::1/128")]
    [InlineData("::7f00:1", "::7f00:1/128")]
    [InlineData("64:ff9b::7f00:1", "64:ff9b::/96")]
    [InlineData("64:ff9b:1::1", "64:ff9b:1::/48")]
    [InlineData("::ffff:0:7f00:1", "::ffff:0:0:0/96")]
    [InlineData("2002:7f00:1::", "2002::/16")]
    [InlineData("2001::1", "2001::/32")]
    [InlineData("fe80::1", "fe80::/10")]
    [InlineData("ff02::1", "ff00::/8")]
    [InlineData("fd00:ec2::254", "fd00:ec2::254/128")]
    public void Judge_a_special_address_is_allowed_only_by_an_entry_of_its_own_range(string address, string network)
    {
        var everything = address.Contains(':', StringComparison.Ordinal) ? "::/0" : "0.0.0.0/0";

        Assert.Equal(["address"], Judge(Policy(), address, caller: address));
        Assert.Equal(["address"], Judge(Policy(o => o.NodeNetworks.Add(everything)), address, caller: address));
        Assert.Equal(["address"], Judge(Policy(o => o.AddressRule = AddressRule.Any), address, caller: address));
        Assert.Empty(Judge(Policy(o => o.NodeNetworks.Add(network)), address, caller: address));
    }

    [Fact]
    public void Judge_the_metadata_service_is_not_allowed_by_the_link_local_range_around_it() =>
        Assert.Equal(["address"], Judge(Policy(o => o.NodeNetworks.Add("169.254.0.0/16")), "169.254.169.254", caller: null));

    [Theory]
    [InlineData("198.51.100.10", "198.51.100.10/32")]
    [InlineData("2001:db8::10", "2001:db8::10/128")]
    public void Judge_an_address_of_this_machine_is_allowed_only_by_an_entry_for_it_alone(string address, string network)
    {
        foreach (var around in new[] { "198.51.100.0/24", "2001:db8::/64" })
        {
            Assert.Equal(["address"], Judge(OnMachine(address, around), address, caller: address));
        }

        Assert.Empty(Judge(OnMachine(address, network), address, caller: null));
        Assert.Empty(Judge(OnMachine("198.51.100.11", "198.51.100.0/24", "2001:db8::/64"), address, caller: null));
    }

    [Fact]
    public void Judge_the_addresses_of_this_machine_are_asked_for_again()
    {
        var clock = new SteppedClock();
        IPAddress[] system = [IPAddress.Loopback];
        var machine = new MachineAddresses(clock, () => system);
        var virtualAddress = IPAddress.Parse("198.51.100.10");
        Assert.False(machine.Contains(virtualAddress));
        Assert.False(machine.Contains(IPAddress.Loopback));

        system = [virtualAddress, IPAddress.Parse("fe80::1%3")];
        clock.Step(MachineAddresses.LookInterval);

        Assert.True(machine.Contains(virtualAddress));
        Assert.True(machine.Contains(IPAddress.Parse("fe80::1")));
    }

    [Fact]
    public void Judge_the_addresses_that_the_system_tells_are_refused()
    {
        var own = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => new IPAddress(unicast.Address.GetAddressBytes()).ToString())
            .ToList();

        Assert.NotEmpty(own);
        Assert.All(own, address => Assert.Equal(["address"], Judge(Policy(o => o.AddressRule = AddressRule.Any), address, caller: null)));
    }

    [Fact]
    public void Judge_an_address_of_the_fleet_or_behind_a_NAT64_of_this_network_is_forbidden()
    {
        var policy = Policy(o =>
        {
            o.AddressRule = AddressRule.Any;
            o.BalancerNetworks.Add("198.51.100.0/28");
            o.Nat64Prefixes.Add("2001:db8:64::/96");
        });

        Assert.Equal(["address"], Judge(policy, "198.51.100.10", caller: null));
        Assert.Equal(["address"], Judge(policy, "2001:db8:64::7f00:1", caller: null));
        Assert.Empty(Judge(policy, "198.51.100.16", caller: null));
    }

    [Fact]
    public void Judge_an_IPv4_mapped_loopback_address_is_a_loopback_address() =>
        Assert.Equal(["address"], Judge(Policy(o => o.NodeNetworks.Add("::/0")), "::ffff:127.0.0.2", caller: null));

    [Fact]
    public void Judge_ports_outside_the_ranges_are_named_as_the_caller_wrote_them()
    {
        var policy = Policy(o => o.FrontendPorts = "443, 8000-8999");
        var command = Command("203.0.113.9", "203.0.113.9") with { FrontendPort = 22, NodePort = 80 };

        Assert.Equal(["frontendPort", "nodePort"], policy.Judge(command, RequestFormat.PhoneHome).Select(p => p.Field));
        Assert.Equal(["frontend-port", "backend-port"], policy.Judge(command, RequestFormat.Incumbent).Select(p => p.Field));
        Assert.Empty(policy.Judge(command with { FrontendPort = 8999, NodePort = 32767 }, RequestFormat.PhoneHome));
    }

    [Fact]
    public void Judge_of_a_delete_only_the_frontend_port_counts()
    {
        var policy = Policy(o => o.FrontendPorts = "443");
        var command = Command("127.0.0.1", null) with { Action = MappingAction.Delete, NodePort = 0, FrontendPort = 443 };

        Assert.Empty(policy.Judge(command, RequestFormat.PhoneHome));
        Assert.Single(policy.Judge(command with { FrontendPort = 444 }, RequestFormat.PhoneHome));
    }

    [Theory]
    [InlineData("203.0.113.9", "198.51.100.1", "203.0.113.9")]
    [InlineData("127.0.0.1", null, "127.0.0.1")]
    [InlineData("127.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "198.51.100.1, 10.0.0.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "198.51.100.1:4711", "198.51.100.1")]
    [InlineData("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "10.0.0.2, 10.0.0.1", "10.0.0.2")]
    [InlineData("127.0.0.1", "unknown", null)]
    [InlineData("127.0.0.1", "198.51.100.1, unknown", null)]
    [InlineData("127.0.0.1", "unknown, 198.51.100.1", "198.51.100.1")]
    [InlineData(null, "198.51.100.1", null)]
    public void FindCaller_is_the_rightmost_hop_that_nobody_vouches_for(string? remote, string? forwarded, string? expected)
    {
        var policy = Policy(o =>
        {
            o.TrustedProxies.Add("127.0.0.0/8");
            o.TrustedProxies.Add("10.0.0.0/8");
        });

        var found = policy.FindCaller(remote is null ? null : IPAddress.Parse(remote), forwarded is null ? [] : [forwarded]);

        Assert.Equal(expected, found?.ToString());
    }

    [Fact]
    public void FindCaller_reads_several_headers_as_one_list()
    {
        var policy = Policy(o => o.TrustedProxies.Add("127.0.0.0/8"));

        Assert.Equal("198.51.100.1", policy.FindCaller(IPAddress.Loopback, ["192.0.2.66", "198.51.100.1"])?.ToString());
    }

    [Fact]
    public void Options_with_several_mistakes_name_them_all()
    {
        var options = new PhoneHomePolicyOptions { FrontendPorts = "80-", NodePorts = "" };
        options.BalancerNetworks.Add("198.51.100.10");
        options.Nat64Prefixes.Add("64:ff9b::1/96");
        options.FailuresPerMinute = 0;
        options.TrustedProxies.Add("10.0.0.1/8");
        options.TrustedProxies.Add("10.0.0.0/8");
        options.NodeNetworks.Add("203.0.113.7");
        options.NodeNetworks.Add("::ffff:203.0.113.0/120");
        options.NodeNetworks.Add("node.example/24");

        var failure = new PhoneHomePolicyOptionsValidator().Validate(null, options).FailureMessage;

        Assert.Contains("PhoneHome:Policy:FrontendPorts", failure);
        Assert.Contains("PhoneHome:Policy:NodePorts", failure);
        Assert.Contains("PhoneHome:Policy:TrustedProxies:0", failure);
        Assert.DoesNotContain("TrustedProxies:1", failure);
        Assert.Contains("PhoneHome:Policy:NodeNetworks:0", failure);
        Assert.Contains("PhoneHome:Policy:NodeNetworks:1", failure);
        Assert.Contains("PhoneHome:Policy:NodeNetworks:2", failure);
        Assert.Contains("PhoneHome:Policy:BalancerNetworks:0", failure);
        Assert.Contains("PhoneHome:Policy:Nat64Prefixes:0", failure);
        Assert.Contains("PhoneHome:Policy:FailuresPerMinute", failure);
    }

    [Fact]
    public void Options_of_any_address_in_no_network_are_refused() =>
        Assert.Contains(
            "AnyInNetwork needs",
            new PhoneHomePolicyOptionsValidator()
                .Validate(null, new PhoneHomePolicyOptions { AddressRule = AddressRule.AnyInNetwork })
                .FailureMessage);

    [Fact]
    public void Options_of_the_callers_rule_are_not_widened_by_default()
    {
        Assert.Null(new PhoneHomePolicyOptions().AddressRule);
        Assert.Equal("30000-32767", new PhoneHomePolicyOptions().NodePorts);
    }

    private static PhoneHomePolicy Policy(Action<PhoneHomePolicyOptions>? configure = null)
    {
        var options = new PhoneHomePolicyOptions();
        configure?.Invoke(options);
        return new(Options.Create(options));
    }

    [Fact]
    public void Judge_a_bind_address_is_one_that_the_operator_names_and_of_a_delete_none_is_judged()
    {
        var policy = Policy(o =>
        {
            o.AddressRule = AddressRule.Any;
            o.AllowedBindAddresses.Add("203.0.113.1");
            o.AllowedBindAddresses.Add("::");
        });
        IEnumerable<string> On(string? address, MappingAction action = MappingAction.Add) => policy.Judge(
            Command("203.0.113.9", null) with { Action = action, Settings = new MappingSettings { BindAddress = address is null ? null : IPAddress.Parse(address) } },
            RequestFormat.PhoneHome).Select(problem => problem.Field);

        Assert.All(new[] { null, "203.0.113.1", "::" }, address => Assert.Empty(On(address)));
        Assert.All(new[] { "203.0.113.2", "0.0.0.0", "::1" }, address => Assert.Equal(["bindAddress"], On(address)));
        Assert.Empty(On("203.0.113.2", MappingAction.Delete));
        Assert.Throws<OptionsValidationException>(() => Policy(o => o.AllowedBindAddresses.Add("eth0")));
    }

    private static PhoneHomePolicy OnMachine(string address, params string[] networks)
    {
        var options = new PhoneHomePolicyOptions();
        Array.ForEach(networks, options.NodeNetworks.Add);
        return new(Options.Create(options), new MachineAddresses(TimeProvider.System, () => [IPAddress.Parse(address)]));
    }

    private static IEnumerable<string> Judge(PhoneHomePolicy policy, string address, string? caller) =>
        policy.Judge(Command(address, caller), RequestFormat.PhoneHome).Select(problem => problem.Field);

    private static MappingCommand Command(string address, string? caller) => new()
    {
        Action = MappingAction.Add,
        Name = "a",
        FrontendPort = 443,
        NodePort = 30443,
        Address = IPAddress.Parse(address),
        Owner = "o",
        CallerAddress = caller is null ? null : IPAddress.Parse(caller),
    };
}

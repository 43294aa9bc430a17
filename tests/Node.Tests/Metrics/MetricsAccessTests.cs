using System.Net;
using AkkaParty.Node.Metrics;
using Microsoft.AspNetCore.Http;

namespace AkkaParty.Node.Tests.Metrics;

public sealed class MetricsAccessTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:8080", null, true)]
    [InlineData("127.0.0.1", "127.0.0.1:8080", null, true)]
    [InlineData("::1", "[::1]:8080", null, true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", null, true)]
    [InlineData("192.168.1.7", "192.168.1.10:8080", null, false)]
    [InlineData("192.168.1.7", "localhost", null, false)]
    [InlineData("127.0.0.1", "party.example.org", null, false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "localhost", "X-Original-For", false)]
    [InlineData("127.0.0.1", "localhost", "Forwarded", false)]
    [InlineData("127.0.0.1", "localhost", "CF-Connecting-IP", false)]
    [InlineData(null, "localhost", null, false)]
    public void Only_a_caller_on_this_machine_is_local(string? address, string host, string? header, bool isLocal)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        if (header is not null)
        {
            context.Request.Headers[header] = "203.0.113.9";
        }

        MetricsEndpoint.IsFromThisMachine(context).ShouldBe(isLocal);
    }
}

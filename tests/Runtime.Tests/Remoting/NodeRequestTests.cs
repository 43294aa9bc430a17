using System.Text;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Remoting;

public sealed class NodeRequestTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly LinkedNodes _cluster = new();

    public NodeRequestTests()
    {
        foreach (var node in _cluster.Nodes)
        {
            node.Runtime.OnRequest("echo", body => ValueTask.FromResult<byte[]?>([.. Encoding.UTF8.GetBytes(node.Name), .. body.Span]));
            node.Runtime.OnRequest("broken", _ => throw new InvalidOperationException("broken on purpose"));
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void A_question_is_answered_by_the_node_it_names()
    {
        _cluster.Connect("x", _cluster.B);
        Ask("b", "echo").ShouldBe("b!");
        Ask("a", "echo").ShouldBe("a!");
        Ask("b", "unheard").ShouldBeNull();
        Ask("b", "broken").ShouldBeNull();
        Ask("nobody", "echo").ShouldBeNull();
    }

    [Fact]
    public void A_question_without_an_answer_ends_in_time()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Fault = _ => LoopbackFault.Drop;
        var asked = _cluster.A.Runtime.RequestAsync("b", "echo", "!"u8.ToArray(), Patience).AsTask();
        _cluster.Advance(TimeSpan.FromSeconds(1.5));
        asked.IsCompleted.ShouldBeFalse();
        _cluster.Advance(TimeSpan.FromSeconds(1));
        asked.Now().ShouldBeNull();
    }

    [Fact]
    public void A_question_ends_with_its_link()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Fault = _ => LoopbackFault.Drop;
        var asked = _cluster.A.Runtime.RequestAsync("b", "echo", "!"u8.ToArray(), Patience).AsTask();
        _cluster.Run();
        _cluster.Network.Cut("a", "b");
        _cluster.Run();
        asked.Now().ShouldBeNull();
    }

    [Fact]
    public void Everybody_hears_that_the_cluster_has_changed()
    {
        _cluster.Connect("x", _cluster.B);
        var heard = 0;
        _cluster.B.Runtime.Peers.ClusterChanged = () => heard++;
        _cluster.A.Runtime.Peers.PokeAll();
        _cluster.Run();
        heard.ShouldBe(1);
    }

    private string? Ask(string node, string subject)
    {
        var asked = _cluster.A.Runtime.RequestAsync(node, subject, "!"u8.ToArray(), Patience).AsTask();
        _cluster.Run();
        return asked.Now() is { } answer ? Encoding.UTF8.GetString(answer) : null;
    }
}

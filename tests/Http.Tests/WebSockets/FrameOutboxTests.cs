using System.Text;
using AkkaParty.Http.Connections;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Http.Tests.WebSockets;

public sealed class FrameOutboxTests : IDisposable
{
    private readonly Wire _wire = new();
    private readonly Owner _owner = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task What_is_sent_while_it_is_held_goes_out_by_itself_and_in_order()
    {
        var outbox = new FrameOutbox(_wire, _owner, 1_000);
        outbox.Hold();
        outbox.Send(Pack("update "));
        outbox.Send(Frame("ack "));
        await outbox.DrainAsync().Within("the drain");
        outbox.Send(Frame("later"));

        _wire.Text.ShouldBe("update ack later");
        _owner.Slow.ShouldBeFalse();
    }

    [Fact]
    public async Task Held_for_nothing_it_goes_on_as_before()
    {
        var outbox = new FrameOutbox(_wire, _owner, 1_000);
        outbox.Hold();
        outbox.Hold();
        await outbox.DrainAsync().Within("the drain");
        outbox.Send(Frame("one "));
        _wire.Writes.ShouldBe(["one "]);
    }

    [Fact]
    public async Task Held_while_it_closes_the_goodbye_comes_last()
    {
        var outbox = new FrameOutbox(_wire, _owner, 1_000);
        outbox.Hold();
        outbox.Send(Frame("update "));
        outbox.SendClose("bye"u8.ToArray(), dropPending: false).ShouldBeTrue();
        outbox.Hold();
        await outbox.DrainAsync().Within("the drain");
        outbox.Send(Frame("too late"));

        _wire.Text.ShouldBe("update bye");
    }

    [Theory]
    [InlineData("s1 s2", "s2")]
    [InlineData("s1 a1 s2 a2 s3", "s3 a1 a2")]
    [InlineData("e1 s2 e3 s4", "e1 e3 s4")]
    [InlineData("s1 a1 e2 s3 a3 s4", "s1 a1 e2 s4 a3")]
    public async Task Of_states_that_wait_the_newest_goes_out_and_never_behind_the_answer_to_what_it_shows(string sent, string expected)
    {
        var outbox = new FrameOutbox(_wire, _owner, 1_000);
        var write = _wire.Block();
        outbox.Send(Frame("first "));
        foreach (var text in sent.Split(' '))
        {
            var kind = text[0] == 's' ? FeedFrameKind.State : FeedFrameKind.Event;
            outbox.Send(new WireFrame(kind, Encoding.ASCII.GetBytes(text + ' '), IsAnswer: text[0] == 'a'));
        }

        write.SetResult();
        await outbox.DrainAsync().Within("the drain");
        _wire.Text.ShouldBe($"first {expected} ");
    }

    private static WireFrame Frame(string text) => new(FeedFrameKind.Event, Encoding.ASCII.GetBytes(text));

    private static PackedFrames Pack(string text) => new(Encoding.ASCII.GetBytes(text), [Frame(text)]);

    private sealed class Owner : IOutboxOwner
    {
        public long Now => 1;

        public bool Slow { get; private set; }

        public void OnSlowReader() => Slow = true;

        public void OnBroken(Exception exception) => throw new InvalidOperationException("Nothing breaks here.", exception);
    }

    private sealed class Wire : MemoryStream
    {
        private readonly List<string> _writes = [];
        private Task _ready = Task.CompletedTask;

        public IReadOnlyList<string> Writes
        {
            get
            {
                lock (_writes)
                {
                    return [.. _writes];
                }
            }
        }

        public string Text => string.Concat(Writes);

        /// <summary>The next writes end when this does.</summary>
        public TaskCompletionSource Block()
        {
            var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ready = blocked.Task;
            return blocked;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            lock (_writes)
            {
                _writes.Add(Encoding.ASCII.GetString(buffer.Span));
            }

            return new ValueTask(_ready);
        }
    }
}

using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.Tests.Feeds;

public sealed class FeedBatchTests
{
    private static readonly FeedBatch Batch = new([new FeedFrame(FeedFrameKind.State, 4, new byte[] { 1 })], 4);

    [Fact]
    public async Task Is_packed_once_and_shared_when_many_threads_are_first_at_once()
    {
        var packed = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => Batch.Packed(batch => new List<int> { batch.Frames.Count }))));
        packed.ShouldAllBe(one => ReferenceEquals(one, packed[0]));
    }

    [Theory]
    [InlineData(FeedFrameKind.Event, true)]
    [InlineData(FeedFrameKind.State, false)]
    [InlineData(FeedFrameKind.Signal, false)]
    public void Knows_whether_it_may_be_lost(FeedFrameKind kind, bool hasEvents) =>
        new FeedBatch([new FeedFrame(kind, 1, default)], 1).HasEvents.ShouldBe(hasEvents);
}

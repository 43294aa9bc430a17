using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Tests.Entities;

/// <summary>Shard numbers and derived sessions are stored: these values may never change.</summary>
public sealed class StableHashTests
{
    [Theory]
    [InlineData("", 0xf9376fe90135a10e, 249)]
    [InlineData("a", 0x4eeafd1f2a01614b, 78)]
    [InlineData("ab", 0x1def71820b8c2823, 29)]
    [InlineData("abc", 0xc1622bdd04c01927, 193)]
    [InlineData("abcd", 0x8ad2aa3940422f6b, 138)]
    [InlineData("abcde", 0x61df6149bae3de43, 97)]
    [InlineData("party-1", 0x0e668ab8d6a88e31, 14)]
    [InlineData("counter|42|deadline", 0xed20ab5540628b0a, 237)]
    [InlineData("01970000-0000-7000-8000-000000000001", 0x60d28811b5d5c5c4, 96)]
    [InlineData("Zoë 🎬", 0x03ebd5a641f8af47, 3)]
    [InlineData("日本語テスト", 0xb84ebda99be79fd9, 184)]
    [InlineData("\0", 0x69c6bf525f02ae32, 105)]
    public void Hashes_as_it_always_did(string text, ulong hash, int shard)
    {
        StableHash.Of(text).ShouldBe(hash);
        ShardId.Of(text).ShouldBe(shard);
    }

    [Theory]
    [InlineData("", "0135a10e-6fe9-f937-e9fe-9d4849e399aa")]
    [InlineData("a", "2a01614b-fd1f-4eea-ce15-1f4349774697")]
    [InlineData("party|1|deadline|639000000000000000", "8cb6c955-5d2d-8ae1-241e-212683e34379")]
    [InlineData("Zoë 🎬", "41f8af47-d5a6-03eb-7919-1f367c6d6cda")]
    public void Derives_the_session_it_always_did(string cause, string session) =>
        StableHash.SessionOf(cause).ToString().ShouldBe(session);

    [Fact]
    public void Differs_for_texts_that_differ_only_by_zero_characters() =>
        new[] { "", "\0", "\0\0", "\0\0\0", "\0\0\0\0", "\0\0\0\0\0" }.Select(text => StableHash.Of(text)).Distinct().Count().ShouldBe(6);

    [Theory]
    [InlineData("sequential")]
    [InlineData("uuid v7")]
    [InlineData("room codes")]
    public void Spreads_ids_evenly_over_the_shards(string kind)
    {
        const int Ids = 100_000;
        var random = new Random(42);
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var counts = new int[ShardId.Count];
        for (var i = 0; i < Ids; i++)
        {
            var id = kind switch
            {
                "sequential" => $"party-{i}",
                "uuid v7" => Guid.CreateVersion7(at.AddMilliseconds(i)).ToString(),
                _ => new string([.. Enumerable.Range(0, 6).Select(_ => (char)('A' + random.Next(26)))]),
            };
            counts[ShardId.Of(id)]++;
        }

        const double Expected = Ids / (double)ShardId.Count;
        var chiSquare = counts.Sum(count => (count - Expected) * (count - Expected) / Expected);

        // 255 degrees of freedom: mean 255, standard deviation 22.6; 370 is beyond five of them.
        chiSquare.ShouldBeLessThan(370);
    }
}

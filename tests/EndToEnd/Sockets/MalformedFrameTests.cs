using System.Text;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Sockets;

/// <summary>Frames no well-behaved client sends: each has its answer, and nobody else notices.</summary>
public sealed class MalformedFrameTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int MessageMaxBytes = 16 * 1024;
    private const int ProtocolError = 1002;
    private const int InvalidPayload = 1007;

    private ServerProcess Server => fixture.Server;

    [Theory]
    [InlineData("{\"type\":", PartyErrorCodes.InvalidMessageFormat)]
    [InlineData("ping", PartyErrorCodes.InvalidMessageFormat)]
    [InlineData("[]", PartyErrorCodes.InvalidMessageFormat)]
    [InlineData("null", PartyErrorCodes.InvalidMessageFormat)]
    [InlineData("{}", PartyErrorCodes.InvalidMessageFormat)]
    [InlineData("{\"type\":7}", PartyErrorCodes.InvalidMessageFormat)]
    [InlineData("{\"type\":\"ping\",\"id\":0}", PartyErrorCodes.InvalidMessageFormat)]
    [InlineData("{\"type\":\"dance\"}", PartyErrorCodes.UnknownMessageType)]
    [InlineData("{\"type\":\"vote_nomination\"}", PartyErrorCodes.InvalidVotePayload)]
    [InlineData("{\"type\":\"vote_nomination\",\"payload\":{\"vote\":\"maybe\"}}", PartyErrorCodes.InvalidVote)]
    [InlineData("{\"type\":\"suggest_movie\",\"payload\":{\"tmdb_id\":603}}", PartyErrorCodes.InvalidSuggestionPayload)]
    [InlineData("{\"type\":\"suggest_movie\",\"payload\":{\"tmdb_id\":\"x\"}}", PartyErrorCodes.MovieIdInvalid)]
    [InlineData("{\"type\":\"submit_ranking\",\"payload\":{\"ranks\":\"all\"}}", PartyErrorCodes.InvalidRankingPayload)]
    [InlineData("{\"type\":\"search_movies\",\"payload\":{\"query\":\" \"}}", PartyErrorCodes.SearchQueryRequired)]
    public async Task A_frame_that_makes_no_sense_gets_an_error_and_the_socket_lives(string text, string code)
    {
        await using var table = await PartyTable.SeatAsync(Server, 1);

        await table.Host.Socket.SendAsync(Encoding.UTF8.GetBytes(text));

        var error = (await table.Host.Socket.NextAsync(ServerFrameTypes.Error)).Error;
        error.Code.ShouldBe(code);
        error.Error.ShouldNotBeNullOrEmpty();
        await PongsAsync(table.Host.Socket);
    }

    [Fact]
    public async Task A_message_of_exactly_the_limit_is_taken()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1);

        await table.Host.Socket.SendAsync(Ping(MessageMaxBytes));

        await table.Host.Socket.NextAsync(ServerFrameTypes.Pong);
    }

    [Fact]
    public async Task A_message_of_one_byte_more_is_answered_and_closes_the_socket()
    {
        await using var table = await PartyTable.SeatAsync(Server, 2);

        await table.Host.Socket.SendAsync(Ping(MessageMaxBytes + 1));

        (await table.Host.Socket.NextAsync(ServerFrameTypes.Error)).Error.Code.ShouldBe("message_too_big");
        (await table.Host.Socket.EndAsync()).Code.ShouldBe(CloseCodes.MessageTooBig.Code);
        await PongsAsync(table.People[1].Socket);
    }

    [Fact]
    public async Task A_binary_message_gets_an_error()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        using var raw = await RawSocketClient.ConnectAsync(Server, table.Host);

        await raw.SendAsync(RawSocketClient.Binary, "{\"type\":\"ping\"}"u8.ToArray());

        (await raw.NextAsync(ServerFrameTypes.Error)).Error.Code.ShouldBe(PartyErrorCodes.InvalidMessageFormat);
        await raw.SendTextAsync("{\"type\":\"ping\"}");
        await raw.NextAsync(ServerFrameTypes.Pong);
    }

    [Fact]
    public async Task A_message_in_fragments_with_a_ping_in_between_is_one_message()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        using var raw = await RawSocketClient.ConnectAsync(Server, table.Host);

        await raw.SendAsync(RawSocketClient.Text, "{\"ty"u8.ToArray(), final: false);
        await raw.SendAsync(RawSocketClient.Continuation, "pe\":\"pi"u8.ToArray(), final: false);
        await raw.SendAsync(RawSocketClient.Ping, "hello"u8.ToArray());
        (await raw.UntilAsync("the answer to the ping", f => f.Opcode == RawSocketClient.Pong)).Text.ShouldBe("hello");
        await raw.SendAsync(RawSocketClient.Continuation, "ng\"}"u8.ToArray());

        await raw.NextAsync(ServerFrameTypes.Pong);
    }

    [Fact]
    public async Task A_frame_that_is_not_masked_is_a_protocol_error()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        using var raw = await RawSocketClient.ConnectAsync(Server, table.Host);

        await raw.SendAsync(RawSocketClient.Text, "{\"type\":\"ping\"}"u8.ToArray(), masked: false);

        (await raw.CloseCodeAsync()).ShouldBe(ProtocolError);
    }

    [Fact]
    public async Task A_frame_with_a_reserved_bit_is_a_protocol_error()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        using var raw = await RawSocketClient.ConnectAsync(Server, table.Host);

        await raw.SendAsync(RawSocketClient.Text, "{\"type\":\"ping\"}"u8.ToArray(), reserved: 4);

        (await raw.CloseCodeAsync()).ShouldBe(ProtocolError);
    }

    [Fact]
    public async Task Text_that_is_not_utf8_closes_the_socket()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        using var raw = await RawSocketClient.ConnectAsync(Server, table.Host);

        await raw.SendAsync(RawSocketClient.Text, new byte[] { (byte)'{', 0xC3, 0x28, (byte)'}' });

        (await raw.CloseCodeAsync()).ShouldBe(InvalidPayload);
    }

    [Fact]
    public async Task Above_the_message_rate_a_client_is_told_and_who_goes_on_is_closed()
    {
        await using var table = await PartyTable.SeatAsync(Server, 2);
        var ada = table.Host.Socket;
        for (var i = 0; i < 60; i++)
        {
            await ada.SendAsync(ClientFrameTypes.Ping);
        }

        var error = (await ada.NextAsync(ServerFrameTypes.Error)).Error;

        error.ShouldSatisfyAllConditions(
            () => error.Code.ShouldBe("rate_limited"),
            () => error.Retryable.ShouldBeTrue(),
            () => error.RetryAfterMs.ShouldNotBeNull().ShouldBeInRange(1, 1000));
        ada.Frames.TakeWhile(f => !f.Is(ServerFrameTypes.Error)).Count(f => f.Is(ServerFrameTypes.Pong)).ShouldBeGreaterThanOrEqualTo(40);
        await PongsAsync(table.People[1].Socket);
        var flood = FloodAsync(ada);
        (await ada.EndAsync()).Code.ShouldBe(CloseCodes.TooManyMessages.Code);
        await flood;
    }

    private static byte[] Ping(int length)
    {
        const string start = "{\"type\":\"ping\",\"payload\":{\"x\":\"";
        const string end = "\"}}";
        return Encoding.UTF8.GetBytes(start + new string('x', length - start.Length - end.Length) + end);
    }

    private static async Task PongsAsync(PartySocket socket)
    {
        await socket.SendAsync(ClientFrameTypes.Ping);
        await socket.NextAsync(ServerFrameTypes.Pong);
    }

    private static async Task FloodAsync(PartySocket socket)
    {
        try
        {
            for (var i = 0; i < 10_000; i++)
            {
                await socket.SendAsync(ClientFrameTypes.Ping);
            }
        }
        catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or OperationCanceledException)
        {
            // The server ended it: that is what the test waits for.
        }
    }
}

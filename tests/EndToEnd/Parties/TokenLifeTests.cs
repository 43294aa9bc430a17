using System.Net;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Parties;

/// <summary>A token ends when its time is over, on REST and on sockets that are open.</summary>
public sealed class TokenLifeTests
{
    [Fact]
    public async Task An_expired_token_opens_nothing_and_closes_its_socket()
    {
        await using var server = await ServerProcess.StartAsync(("Parties__TokenSeconds", "5"));
        await using var table = await PartyTable.SeatAsync(server, 1);
        (await table.Host.BallotAsync()).ShouldBeNull();

        (await table.Host.Socket.EndAsync()).Code.ShouldBe(CloseCodes.TokenExpired.Code);

        (await table.Host.CallAsync("POST", "/start-nomination")).Refuses(HttpStatusCode.Unauthorized, PartyErrorCodes.InvalidToken);
        using var raw = await RawSocketClient.UpgradeAsync(server, table.Host.SocketAddress());
        raw.Status.ShouldBe(401, raw.Head);
        (await table.Host.PartyAsync()).Phase.ShouldBe(PartyPhase.Lobby);
        await using var again = new PartyClient(server, "Ada again");
        (await again.JoinAsync(table.Id)).Expect(HttpStatusCode.Created);
    }
}

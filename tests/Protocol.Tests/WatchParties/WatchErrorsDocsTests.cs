using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Tests.WatchParties;

/// <summary>What docs/protocol.md says of the errors of watch parties is the program's table.</summary>
public sealed class WatchErrorsDocsTests
{
    [Fact]
    public void The_error_codes_are_those_of_the_program_in_the_words_of_both_surfaces() =>
        new ProtocolPage().Table("### Of watch parties").Select(row => string.Join(" | ", row)).ShouldBe(
            WatchErrors.All.Select(error =>
                $"{error.Row.Code} | {error.Row.Status} | {(error.Row.Retryable ? "yes" : "no")} | "
                + $"{error.EnvelopeCode} | {error.Row.Text} | {error.RoomText}"));

    [Fact]
    public void Every_code_is_in_the_table_once()
    {
        var codes = typeof(WatchErrorCodes).GetFields().Select(field => (string)field.GetValue(null)!).ToList();
        WatchErrors.All.Select(error => error.Row.Code).ShouldBe(codes, ignoreOrder: true);
    }
}

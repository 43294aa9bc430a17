using System.Diagnostics.Metrics;

namespace AkkaParty.Accounts;

/// <summary>The figures of accounts, on the meter <c>AkkaParty.Accounts</c>.</summary>
internal sealed class AccountMetrics : IDisposable
{
    private readonly Meter _meter = new("AkkaParty.Accounts");
    private readonly Counter<long> _registrations;
    private readonly Counter<long> _logIns;
    private readonly Counter<long> _refreshes;
    private readonly Counter<long> _checks;
    private readonly Counter<long> _unchecked;
    private readonly Histogram<double> _watching;

    public AccountMetrics()
    {
        _registrations = _meter.CreateCounter<long>("akkaparty.accounts.registrations", "{account}", "Accounts made.");
        _logIns = _meter.CreateCounter<long>(
            "akkaparty.accounts.logins", "{login}", "Log-ins, by outcome: done, or the code of the refusal.");
        _refreshes = _meter.CreateCounter<long>(
            "akkaparty.accounts.refreshes", "{refresh}", "Refresh tokens shown, by outcome: done, invalid or reused.");
        _checks = _meter.CreateCounter<long>(
            "akkaparty.accounts.token.checks", "{check}", "Access tokens checked, by outcome: done, or the code of the refusal.");
        _unchecked = _meter.CreateCounter<long>(
            "akkaparty.accounts.rate.unchecked", "{call}", "Calls that were allowed because the windows could not be read.");
        _watching = _meter.CreateHistogram<double>(
            "akkaparty.accounts.revocation.poll", "s", "How long it took to ask which sessions have ended.");
    }

    public void Registered() => _registrations.Add(1);

    public void LoggedIn(AccountFault? fault) => _logIns.Add(1, Outcome(fault?.Code ?? "done"));

    public void Refreshed(string outcome) => _refreshes.Add(1, Outcome(outcome));

    public void Checked(AccountFault? fault) => _checks.Add(1, Outcome(fault?.Code ?? "done"));

    public void RateUnchecked() => _unchecked.Add(1);

    public void Polled(TimeSpan duration) => _watching.Record(duration.TotalSeconds);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}

namespace AkkaParty.Pipelines.Tests;

public sealed class RetryPolicyTests
{
    private static readonly InvalidOperationException Failure = new("away");

    [Theory]
    [InlineData(1, 0.5, 1.0)]
    [InlineData(2, 0.5, 2.0)]
    [InlineData(3, 0.5, 4.0)]
    [InlineData(1, 0.0, 0.5)]
    [InlineData(1, 0.999, 1.499)]
    [InlineData(7, 0.5, 60.0)]
    [InlineData(99, 0.5, 60.0)]
    public void Waits_double_with_jitter_up_to_the_longest(int attempts, double random, double seconds) =>
        new RetryPolicy { AttemptsMax = 100 }.WaitAfter(attempts, Failure, random)
            .ShouldNotBeNull().TotalSeconds.ShouldBe(seconds, 1e-9);

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void There_are_only_so_many_tries(int attempts, bool goesOn) =>
        (new RetryPolicy().WaitAfter(attempts, Failure, 0.5) is not null).ShouldBe(goesOn);

    [Fact]
    public void What_no_repetition_helps_is_not_repeated() =>
        new RetryPolicy { IsPassing = failure => failure is TimeoutException }.WaitAfter(1, Failure, 0.5).ShouldBeNull();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(20, 20)]
    [InlineData(3600, 60)]
    public void What_the_failure_asks_for_counts_within_the_longest_wait(int asked, int seconds) =>
        new RetryPolicy { AskedWait = _ => TimeSpan.FromSeconds(asked) }.WaitAfter(1, Failure, 0.5)
            .ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Without_a_policy_nothing_is_repeated() => RetryPolicy.None.WaitAfter(1, Failure, 0.5).ShouldBeNull();
}

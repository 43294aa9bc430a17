using AkkaParty.EndToEnd.Harness;
using Microsoft.Playwright;

namespace AkkaParty.EndToEnd.Browser;

/// <summary>A real browser opens the server's pages.</summary>
public sealed class BrowserTests(ServerFixture fixture, BrowserFixture browser)
    : IClassFixture<ServerFixture>, IClassFixture<BrowserFixture>
{
    private const float PatienceMilliseconds = 30_000;

    private readonly List<string> _complaints = [];

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(360, 640)]
    public async Task The_first_page_shows_that_the_server_is_well(int width, int height)
    {
        var page = await OpenAsync("/", width, height);

        await page.GetByText("Up and well").First.WaitForAsync(new() { Timeout = PatienceMilliseconds });

        (await page.TitleAsync()).ShouldContain("AkkaParty");
        (await page.GetByRole(AriaRole.Link, new() { Name = "API documentation" }).IsVisibleAsync()).ShouldBeTrue();
        await FitsAsync(page);
        _complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/docs", 1280, 800)]
    [InlineData("/swagger", 1280, 800)]
    [InlineData("/docs", 360, 640)]
    public async Task The_documentation_shows_the_operations(string path, int width, int height)
    {
        var page = await OpenAsync(path, width, height);

        // The page shows operations one after the other, and those further down only when somebody scrolls there.
        const string Join = ".opblock-summary-path[data-path='/api/party/{partyId}/join']";
        await page.WaitForFunctionAsync(
            $$"""() => { window.scrollBy(0, 100); return document.querySelector("{{Join}}") !== null; }""",
            options: new() { Timeout = PatienceMilliseconds });
        _complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_does_not_exist_says_so_and_leads_back()
    {
        var page = await OpenAsync("/no-such-page", 1280, 800, expectedStatus: 404);

        await page.Locator("a[href='/']").First.ClickAsync();

        await page.GetByText("Up and well").First.WaitForAsync(new() { Timeout = PatienceMilliseconds });
    }

    [Fact]
    public async Task The_first_page_says_when_the_server_is_gone_and_when_it_is_back()
    {
        await using var server = await ServerProcess.StartAsync();
        var page = await OpenAsync(server.Address.ToString(), 1280, 800);
        await page.GetByText("Up and well").First.WaitForAsync(new() { Timeout = PatienceMilliseconds });

        await server.Kill9Async();
        await page.GetByText("The server does not answer").First.WaitForAsync(new() { Timeout = PatienceMilliseconds });
        await server.RestartAsync();

        await page.GetByText("Up and well").First.WaitForAsync(new() { Timeout = PatienceMilliseconds });
    }

    [Fact]
    public async Task A_browser_opens_a_socket_with_the_token_in_a_subprotocol()
    {
        await using var table = await PartyTable.SeatAsync(fixture.Server, 1, connected: false);
        var page = await OpenAsync("/no-policy", 1280, 800, expectedStatus: 404);

        var first = await page.EvaluateAsync<string>(
            """
            ([party, token]) => new Promise((resolve, reject) => {
              const socket = new WebSocket(`ws://${location.host}/ws/party/${party}`, ['auth.bearer.' + token]);
              socket.onmessage = message => resolve(JSON.parse(message.data).type);
              socket.onclose = close => reject(new Error('closed with ' + close.code));
            })
            """,
            (string[])[table.Id, table.Host.Token]);

        first.ShouldBe("party_update");
    }

    [Fact]
    public async Task The_first_page_lists_chosen_films_once_there_are_any_and_takes_no_title_for_markup()
    {
        var page = await OpenAsync("/", 360, 640);
        await page.GetByText("Up and well").First.WaitForAsync(new() { Timeout = PatienceMilliseconds });
        (await page.GetByText("Chosen here").IsVisibleAsync()).ShouldBeFalse("nothing was chosen yet");

        const string films = """
            {"movies":[
              {"id":"1","title":"<img src=x onerror=f()>","year":"","poster_path":"","wins":2,"last_chosen_at":"2025-06-07T12:00:00Z"},
              {"id":"2","title":"Metropolis","year":"1927","poster_path":"","wins":1,"last_chosen_at":"2025-06-06T12:00:00Z"}]}
            """;
        await page.RouteAsync("**/api/movies/chosen*", r => r.FulfillAsync(new() { ContentType = "application/json", Body = films }));
        await page.ReloadAsync();

        await page.GetByText("Chosen here").WaitForAsync(new() { Timeout = PatienceMilliseconds });
        (await page.Locator("#chosen-films li > span").AllInnerTextsAsync()).ShouldBe(["<img src=x onerror=f()>", "Metropolis (1927)"]);
        var wins = await page.Locator("#chosen-films li > small").AllInnerTextsAsync();
        wins.Select(text => text.Split(" on ")[0]).ShouldBe(["won 2 times, last", "won once,"]);
        await FitsAsync(page);
        _complaints.ShouldBeEmpty();
    }

    private async Task<IPage> OpenAsync(string path, int width, int height, int expectedStatus = 200)
    {
        var page = await browser.Browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        var answer = await page.GotoAsync(new Uri(fixture.Server.Address, path).ToString());
        answer!.Status.ShouldBe(expectedStatus);
        return page;
    }

    private static async Task FitsAsync(IPage page) =>
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"))
            .ShouldBeTrue("the page scrolls sideways");
}

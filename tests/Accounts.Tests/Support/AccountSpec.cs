using AkkaParty.Catalog.Tests;

namespace AkkaParty.Accounts.Tests.Support;

/// <summary>An empty database for each test, the book of one node on it and that of another, and a clock that a test moves.</summary>
public abstract class AccountSpec<TProvider> : IAsyncLifetime
    where TProvider : AccountProvider, new()
{
    protected const string Password = "four words of mine";

    private readonly TProvider _provider = new();
    private readonly List<AccountBook> _books = [];

    protected static CancellationToken None => CancellationToken.None;

    protected static Origin Here { get; } = new("192.0.2.1", "A browser");

    protected AccountOptions Options { get; private set; } = null!;

    protected AccountBook Book { get; private set; } = null!;

    private protected ManualTime Time { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Options = new AccountOptions
        {
            Storage = await _provider.CreateAsync(),
            PasswordIterations = 10_000,
            MakeSigningKey = new SharedKeys().Next,
        };
        Book = Open(Options);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var book in _books)
        {
            await book.DisposeAsync();
        }

        await _provider.DeleteAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The book of another node.</summary>
    protected AccountBook Another() => Open(Options);

    protected AccountBook Open(AccountOptions options)
    {
        var book = AccountBook.Create(options, Time);
        _books.Add(book);
        return book;
    }

    protected async Task<Account> RegisterAsync(string email = "ada@example.org", string? name = null) =>
        (await Book.Accounts.RegisterAsync(new Registration(email, Password, name), None)).Value.ShouldNotBeNull();

    protected async Task<SignIn> LogInAsync(string email = "ada@example.org", AccountBook? book = null) =>
        (await (book ?? Book).Accounts.LogInAsync(email, Password, Here, None)).Value.ShouldNotBeNull();

    protected async Task<AccountFault> FailToLogInAsync(
        string email = "ada@example.org", string password = "not this one", string address = "192.0.2.1") =>
        (await Book.Accounts.LogInAsync(email, password, new Origin(address), None)).Fault.ShouldNotBeNull();

    /// <summary>Registers somebody and logs them in.</summary>
    protected async Task<SignIn> JoinAsync(string email = "ada@example.org")
    {
        await RegisterAsync(email);
        return await LogInAsync(email);
    }

    /// <summary>The code of the refusal of an access token; null when it is accepted.</summary>
    protected async Task<string?> RefusalAsync(string token, AccountBook? book = null) =>
        (await (book ?? Book).Sessions.VerifyAsync(token, None)).Fault?.Code;

    /// <summary>Lets what nodes remember of sessions become too old to be believed.</summary>
    protected void PassASecond() => Time.Advance(TimeSpan.FromSeconds(1));

    protected Task<long?> NumberAsync(string sql) => Book.Database.ReadAsync("Counting", db => db.NumberAsync(sql), None);

    private protected Task<List<T>> RowsAsync<T>(string sql) =>
        Book.Database.ReadAsync("Reading", db => db.ListAsync<T>(sql), None);
}

using System.Net;
using System.Text.Json;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>What the server answered to a call.</summary>
internal sealed record Answer(string Call, HttpStatusCode Status, string Body, HttpResponseMessage Response)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The body as a party.</summary>
    public PartyView Party => JsonSerializer.Deserialize(Body, PartyJsonContext.Wire.PartyView)!;

    /// <summary>A member of the body that is a text.</summary>
    public string Text(string member) => Json.GetProperty(member).GetString()!;

    /// <summary>The answer itself when it has the status; otherwise the test fails with the whole answer.</summary>
    public Answer Expect(HttpStatusCode status)
    {
        Status.ShouldBe(status, $"{Call} answered: {Body}");
        return this;
    }

    /// <summary>The answer itself when it is a refusal with a code and, if asked, naming a field.</summary>
    public Answer Refuses(HttpStatusCode status, string code, string? field = null)
    {
        Expect(status);
        Response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        Text("code").ShouldBe(code, Body);
        Json.GetProperty("status").GetInt32().ShouldBe((int)status);
        Text("error").ShouldNotBeNullOrEmpty();
        Text("detail").ShouldNotBeNullOrEmpty();
        if (field is not null)
        {
            Text("field").ShouldBe(field, Body);
        }

        return this;
    }
}

using System.Net;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>What rooms answer in their own way.</summary>
internal static class RoomAnswers
{
    /// <summary>An input is refused: every fault is listed with where it stands, and the first one is named besides.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="code">The code of the first fault.</param>
    /// <param name="field">Where the first fault stands.</param>
    public static Answer RefusesInput(this Answer answer, string code, string field)
    {
        answer.Expect(HttpStatusCode.UnprocessableEntity);
        answer.Text("code").ShouldBe(code, answer.Body);
        answer.Text("field").ShouldBe(field, answer.Body);
        answer.Text("error").ShouldNotBeNullOrEmpty();
        var fault = answer.Json.GetProperty("detail").EnumerateArray().First();
        fault.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        fault.GetProperty("msg").GetString().ShouldNotBeNullOrEmpty();
        fault.GetProperty("loc").EnumerateArray().Last().ToString().ShouldBe(field.Split('.', '[')[^1].TrimEnd(']'), answer.Body);
        return answer;
    }

    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string?> Texts(this JsonElement list) => list.EnumerateArray().Select(item => item.GetString());

    /// <summary>One member of every object of a list.</summary>
    public static IEnumerable<string?> Texts(this JsonElement list, string member) =>
        list.EnumerateArray().Select(item => item.GetProperty(member).GetString());

    /// <summary>A member that is a text, of something that was answered.</summary>
    public static string Text(this JsonElement json, string member) => json.GetProperty(member).GetString()!;

    /// <summary>A member that is a number.</summary>
    public static int Number(this JsonElement json, string member) => json.GetProperty(member).GetInt32();
}

using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace AkkaParty.Bench.Sockets;

/// <summary>
/// Makes another .NET process collect its garbage, through the diagnostics socket every .NET process has: so that
/// memory is compared without what happens not to have been collected yet.
/// </summary>
internal static class ForcedCollection
{
    private const ulong CollectKeyword = 0x800000;
    private const uint Informational = 4;
    private const uint NetTraceFormat = 1;
    private const byte EventPipe = 2;
    private const byte CollectTracing = 2;
    private const byte StopTracing = 1;
    private static readonly TimeSpan CollectionTime = TimeSpan.FromSeconds(2);

    /// <summary>Collects, and waits until that is over.</summary>
    public static async Task RunAsync(int processId)
    {
        var path = Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{processId}-*-socket").Single();
        using var session = await ConnectAsync(path);
        await session.SendAsync(Message(CollectTracing, StartPayload()));
        var answer = new byte[28];
        await ReadExactlyAsync(session, answer);
        var reading = DrainAsync(session);
        using (var wait = new PeriodicTimer(CollectionTime))
        {
            await wait.WaitForNextTickAsync();
        }

        using var stopping = await ConnectAsync(path);
        await stopping.SendAsync(Message(StopTracing, answer[20..]));
        await reading;
    }

    private static async Task<Socket> ConnectAsync(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static byte[] StartPayload()
    {
        const string Provider = "Microsoft-Windows-DotNETRuntime\0";
        var payload = new byte[12 + 12 + 4 + (Provider.Length * 2) + 4];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, 16);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), NetTraceFormat);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(12), CollectKeyword);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(20), Informational);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(24), (uint)Provider.Length);
        Encoding.Unicode.GetBytes(Provider, payload.AsSpan(28));
        return payload;
    }

    private static byte[] Message(byte command, byte[] payload)
    {
        var message = new byte[20 + payload.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        message[16] = EventPipe;
        message[17] = command;
        payload.CopyTo(message, 20);
        return message;
    }

    private static async Task ReadExactlyAsync(Socket socket, Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                throw new InvalidOperationException("The process ended its diagnostics session.");
            }

            buffer = buffer[read..];
        }
    }

    private static async Task DrainAsync(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer) > 0)
        {
        }
    }
}

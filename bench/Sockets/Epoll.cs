using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AkkaParty.Bench.Sockets;

/// <summary>Linux's epoll: one thread waits for thousands of sockets, with nothing of .NET's between.</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    /// <summary>How many sockets one wait shows at most.</summary>
    public const int EventsMax = 512;

    private const uint Readable = 1;
    private const int Add = 1;
    private const int Remove = 2;
    private const int Interrupted = 4;

    // The kernel packs the structure on x64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = DataOffset + 8;

    private readonly byte[] _events = new byte[EventsMax * 16];
    private readonly int _descriptor;

    public Epoll()
    {
        _descriptor = Create(0);
        Check(_descriptor);
    }

    /// <summary>Watches a socket for data.</summary>
    public void Watch(nint socket, int tag) => Control(Add, socket, tag);

    /// <summary>Watches it no longer.</summary>
    public void Forget(nint socket) => Control(Remove, socket, 0);

    /// <summary>Waits.</summary>
    /// <returns>How many sockets have data; <see cref="Tag"/> says which.</returns>
    public int Wait(int timeoutMilliseconds)
    {
        fixed (byte* events = _events)
        {
            var count = WaitFor(_descriptor, events, EventsMax, timeoutMilliseconds);
            if (count < 0 && Marshal.GetLastPInvokeError() == Interrupted)
            {
                return 0;
            }

            Check(count);
            return count;
        }
    }

    /// <summary>The tag of one of the sockets that have data.</summary>
    public int Tag(int index) => BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan((index * EventBytes) + DataOffset));

    public void Dispose() => _ = Close(_descriptor);

    private void Control(int operation, nint socket, int tag)
    {
        Span<byte> change = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(change, Readable);
        BinaryPrimitives.WriteInt64LittleEndian(change[DataOffset..], tag);
        fixed (byte* pointer = change)
        {
            Check(Change(_descriptor, operation, (int)socket, pointer));
        }
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Change(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitFor(int epoll, byte* events, int count, int timeout);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}

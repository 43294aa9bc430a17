using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaParty.Bench.Sockets;

/// <summary>One member's connection.</summary>
internal sealed class MemberSocket : IFrameSink, IDisposable
{
    private readonly Room _room;
    private readonly Socket _socket;
    private readonly FrameScanner _scanner = new();
    private byte[] _unsent = new byte[256];
    private int _unsentBytes;

    private MemberSocket(Room room, Socket socket, int index)
    {
        _room = room;
        _socket = socket;
        Index = index;
    }

    /// <summary>Which of its room's members it is, from 0.</summary>
    public int Index { get; }

    public nint Handle => _socket.Handle;

    /// <summary>Whether the server has closed it.</summary>
    public bool Closed { get; private set; }

    /// <summary>Connects and upgrades.</summary>
    /// <exception cref="InvalidOperationException">The server refuses.</exception>
    public static MemberSocket Connect(IPEndPoint server, string target, Room room, int index)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        var member = new MemberSocket(room, socket, index);
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var buffer = new byte[64 * 1024];
        var length = 0;
        int end;
        while ((end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = socket.Receive(buffer.AsSpan(length));
            length += read;
            if (read == 0)
            {
                break;
            }
        }

        if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 101"u8))
        {
            throw new InvalidOperationException($"No upgrade: {Encoding.UTF8.GetString(buffer, 0, length)}");
        }

        socket.Blocking = false;
        member._scanner.Scan(buffer.AsSpan(end + 4, length - end - 4), member);
        return member;
    }

    /// <summary>Takes what has come, as much as the buffer holds.</summary>
    public void Receive(byte[] buffer)
    {
        var read = _socket.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (read == 0 || error != SocketError.Success)
        {
            Closed = true;
            return;
        }

        _room.Traffic.Received(read);
        _scanner.Scan(buffer.AsSpan(0, read), this);
    }

    /// <summary>Reads what TCP counts of this connection: Linux's <c>struct tcp_info</c>, as far as the buffer takes it.</summary>
    public void ReadTcpInfo(Span<byte> info)
    {
        const int Tcp = 6;
        const int TcpInfo = 11;
        info.Clear();
        if (!Closed)
        {
            _socket.GetRawSocketOption(Tcp, TcpInfo, info);
        }
    }

    /// <summary>Puts a frame in line; <see cref="Flush"/> sends.</summary>
    public void Enqueue(ReadOnlySpan<byte> frame)
    {
        if (_unsentBytes + frame.Length > _unsent.Length)
        {
            Array.Resize(ref _unsent, Math.Max(_unsent.Length * 2, _unsentBytes + frame.Length));
        }

        frame.CopyTo(_unsent.AsSpan(_unsentBytes));
        _unsentBytes += frame.Length;
    }

    /// <summary>Sends what is in line, as far as the server takes it.</summary>
    public void Flush()
    {
        if (_unsentBytes == 0 || Closed)
        {
            return;
        }

        var sent = _socket.Send(_unsent.AsSpan(0, _unsentBytes), SocketFlags.None, out var error);
        if (error is SocketError.Success or SocketError.WouldBlock)
        {
            sent = error == SocketError.Success ? sent : 0;
            _unsent.AsSpan(sent, _unsentBytes - sent).CopyTo(_unsent);
            _unsentBytes -= sent;
        }
        else
        {
            Closed = true;
        }
    }

    public void OnFrame(int opcode, byte kind, long length, ReadOnlySpan<byte> tail)
    {
        switch (opcode)
        {
            case 1:
                _room.OnText(this, kind, length, tail);
                break;
            case 9:
                Enqueue(ClientFrames.Pong);
                Flush();
                break;
            case 8:
                _room.Traffic.CloseFrames++;
                break;
        }
    }

    public void Dispose() => _socket.Dispose();
}

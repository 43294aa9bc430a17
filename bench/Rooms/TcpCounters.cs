using System.Buffers.Binary;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Rooms;

/// <summary>What has come over connections, as TCP has counted it.</summary>
/// <param name="Bytes">Bytes of data.</param>
/// <param name="Segments">
/// Segments with data. On the loopback interface, where a segment takes 64 KB, and without delay, each write call of the server's makes
/// one.
/// </param>
internal readonly record struct TcpCounters(long Bytes, long Segments)
{
    /// <summary>The sum over connections.</summary>
    public static TcpCounters Of(IEnumerable<MemberSocket> members)
    {
        // Linux's struct tcp_info: tcpi_bytes_received and tcpi_data_segs_in.
        const int BytesAt = 128;
        const int SegmentsAt = 152;
        Span<byte> info = stackalloc byte[160];
        var (bytes, segments) = (0L, 0L);
        foreach (var member in members)
        {
            member.ReadTcpInfo(info);
            bytes += BinaryPrimitives.ReadInt64LittleEndian(info[BytesAt..]);
            segments += BinaryPrimitives.ReadUInt32LittleEndian(info[SegmentsAt..]);
        }

        return new TcpCounters(bytes, segments);
    }
}

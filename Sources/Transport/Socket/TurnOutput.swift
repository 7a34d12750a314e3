import NIOCore

/// What directly written sockets are owed at the end of a turn of their loop.
///
/// Bytes that many sockets get are kept once; each socket has a chain of links to them. All of it is plain memory that
/// the next turn uses again, so that a delivery allocates, retains and locks nothing.
struct TurnOutput {
    private struct Link {
        let segment: Int32
        var next: Int32
    }

    static let noLink: Int32 = -1

    private var segments: ContiguousArray<ByteBuffer> = []
    private var links: ContiguousArray<Link> = []
    /// Sizes of `segments`, so that a delivery reads plain memory.
    private var sizes: ContiguousArray<Int> = []
    /// Slots of the sockets with a chain.
    private(set) var slots: ContiguousArray<UInt32> = []
    /// Where the parts of a chain are joined to leave in one write.
    private var joined = ByteBuffer()

    /// Larger memory for joining is not kept.
    static let maxKeptBytes = 1 << 18

    private let maxBytes: Int

    /// - Parameter maxBytes: The most one socket may be owed here; what is more is its connection's to send.
    init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    var isEmpty: Bool { slots.isEmpty }

    /// Keeps bytes for this turn and names them.
    mutating func keep(_ bytes: ByteBuffer) -> Int32 {
        segments.append(bytes)
        sizes.append(bytes.readableBytes)
        return Int32(segments.count - 1)
    }

    /// Adds kept bytes to what the socket in `slot` is owed; false when that would be too much.
    mutating func append(_ segment: Int32, to port: inout SocketPort, in slot: UInt32) -> Bool {
        let owed = port.owedBytes + sizes[Int(segment)]
        guard owed <= maxBytes else { return false }
        port.owedBytes = owed
        let link = Int32(links.count)
        links.append(Link(segment: segment, next: Self.noLink))
        if port.lastLink == Self.noLink {
            port.firstLink = link
            slots.append(slot)
        } else {
            links[Int(port.lastLink)].next = link
        }
        port.lastLink = link
        return true
    }

    /// Ends a chain and returns its bytes as one; nil when there is none.
    mutating func take(from port: inout SocketPort) -> ByteBuffer? {
        guard port.firstLink != Self.noLink else { return nil }
        let first = links[Int(port.firstLink)]
        port.firstLink = Self.noLink
        port.lastLink = Self.noLink
        port.owedBytes = 0
        guard first.next != Self.noLink else { return segments[Int(first.segment)] }
        joined.clear()
        joined.writeImmutableBuffer(segments[Int(first.segment)])
        var next = first.next
        while next != Self.noLink {
            let link = links[Int(next)]
            joined.writeImmutableBuffer(segments[Int(link.segment)])
            next = link.next
        }
        return joined
    }

    /// Forgets the turn; all chains have been taken.
    mutating func clear() {
        segments.removeAll(keepingCapacity: true)
        sizes.removeAll(keepingCapacity: true)
        links.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        if joined.capacity > Self.maxKeptBytes { joined = ByteBuffer() }
    }
}

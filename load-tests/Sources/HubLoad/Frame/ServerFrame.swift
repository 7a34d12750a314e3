/// One frame of a server (RFC 6455, 5.2), found in a buffer that holds many.
struct ServerFrame: Equatable {
    enum Kind: UInt8 {
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10
    }

    let kind: Kind
    let isCompressed: Bool
    /// Where the payload lies in the buffer.
    let payload: Range<Int>

    /// The frame that begins at `offset`; nil while it is not there in full.
    ///
    /// Throws on what the peers of this generator do not send: masked, fragmented or reserved frames.
    static func next(in bytes: UnsafeRawBufferPointer, from offset: Int) throws(LoadError) -> ServerFrame? {
        guard bytes.count - offset >= 2 else { return nil }
        let first = bytes[offset]
        let second = bytes[offset + 1]
        guard first & 0x80 != 0, first & 0x30 == 0, second & 0x80 == 0, let kind = Kind(rawValue: first & 0x0F) else {
            throw LoadError("the server sent a frame that the generator does not read: \(first), \(second)")
        }
        var length = Int(second)
        var start = offset + 2
        if second >= 126 {
            let width = second == 126 ? 2 : 8
            guard bytes.count - start >= width else { return nil }
            length = bytes[start..<start + width].reduce(0) { $0 << 8 | Int($1) }
            start += width
        }
        guard bytes.count - start >= length else { return nil }
        return ServerFrame(kind: kind, isCompressed: first & 0x40 != 0, payload: start..<start + length)
    }
}

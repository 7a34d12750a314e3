import CZlib

/// Inflates messages that share no context (RFC 7692, 7.2.2).
///
/// All members of a room get the same bytes, so what was inflated lately is remembered by its bytes, and
/// a room of a thousand costs one inflation per message.
final class Inflater {
    private struct Entry {
        var packed: [UInt8] = []
        var plain: [UInt8] = []
    }

    private static let mostBytes = 4 << 20
    private var stream = z_stream()
    private var entries = [Entry](repeating: Entry(), count: 4096)
    private var output = [UInt8](repeating: 0, count: 65536)
    private(set) var inflatedMessages = 0

    init() {
        // Fails only without memory, and then the first message says so.
        _ = inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    deinit {
        inflateEnd(&stream)
    }

    /// The plain message.
    func message(_ packed: UnsafeRawBufferPointer) throws(LoadError) -> [UInt8] {
        let slot = Int(truncatingIfNeeded: Self.hash(packed) % UInt64(entries.count))
        if !entries[slot].packed.elementsEqual(packed) {
            entries[slot] = Entry(packed: Array(packed), plain: try inflate(packed))
        }
        return entries[slot].plain
    }

    private func inflate(_ packed: UnsafeRawBufferPointer) throws(LoadError) -> [UInt8] {
        inflatedMessages += 1
        var input = Array(packed)
        input += [0, 0, 0xFF, 0xFF]
        inflateReset(&stream)
        while true {
            let (status, count, rest) = input.withUnsafeMutableBufferPointer { input in
                output.withUnsafeMutableBufferPointer { output in
                    stream.next_in = input.baseAddress
                    stream.avail_in = UInt32(input.count)
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    let status = CZlib.inflate(&stream, Z_SYNC_FLUSH)
                    return (status, output.count - Int(stream.avail_out), stream.avail_in)
                }
            }
            if status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR, rest == 0, count < output.count {
                return Array(output[..<count])
            }
            guard status == Z_OK || status == Z_BUF_ERROR, output.count < Self.mostBytes else {
                throw LoadError("a compressed message is corrupt: zlib says \(status)")
            }
            output = [UInt8](repeating: 0, count: output.count * 2)
            inflateReset(&stream)
        }
    }

    /// Mixes eight bytes at a time; equal bytes are compared in any case.
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(bytes.count)
        var offset = 0
        while bytes.count - offset >= 8 {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            offset += 8
        }
        for index in offset..<bytes.count {
            hash = (hash ^ UInt64(bytes[index])) &* 0x9E37_79B9_7F4A_7C15
        }
        return hash ^ hash >> 32
    }
}

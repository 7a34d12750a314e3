import CZlib

/// Files as gzip (RFC 1952).
enum Gzip {
    /// zlib's own default; more takes longer at the start of the hub and saves one byte in a hundred.
    private static let level: Int32 = 6
    /// The largest window, and 16 for gzip's head and tail (zlib's manual, `deflateInit2`).
    private static let windowBits: Int32 = 15 + 16

    /// The bytes, compressed; nil when that would not make them smaller.
    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        let status = deflateInit2_(
            &stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        // What does not fit into one byte less is not worth sending.
        let capacity = max(bytes.count - 1, 0)
        var isWhole = false
        let packed = bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
                // zlib reads its input and never writes it; the pointer is not const in its interface.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = output.count - Int(stream.avail_out)
            }
        }
        return isWhole ? packed : nil
    }
}

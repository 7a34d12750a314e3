import Glibc

/// What the generator writes into each message, to know it again without parsing JSON.
///
/// `~` + the time it was due in nanoseconds, 16 hex digits + its number in the room, 8 hex digits. No other
/// text of a run has a tilde. Numbers begin at 1 and are dense, so that a gap is a loss.
struct Marker: Equatable {
    static let byteCount = 25

    let stamp: UInt64
    let number: UInt32

    var text: String {
        "~" + Self.hex(stamp, digits: 16) + Self.hex(UInt64(number), digits: 8)
    }

    /// The first marker at or after `offset`, which moves behind it; nil when there is no more.
    static func next(in bytes: UnsafeRawBufferPointer, from offset: inout Int) -> Marker? {
        while bytes.count - offset >= byteCount, let base = bytes.baseAddress {
            guard let found = memchr(base + offset, 0x7E, bytes.count - offset) else { return nil }
            let start = base.distance(to: UnsafeRawPointer(found)) + 1
            guard bytes.count - start >= byteCount - 1 else { return nil }
            if let stamp = number(in: bytes, from: start, digits: 16),
                let number = number(in: bytes, from: start + 16, digits: 8)
            {
                offset = start + byteCount - 1
                return Marker(stamp: stamp, number: UInt32(truncatingIfNeeded: number))
            }
            offset = start
        }
        return nil
    }

    private static func hex(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    private static func number(in bytes: UnsafeRawBufferPointer, from start: Int, digits: Int) -> UInt64? {
        var value: UInt64 = 0
        for index in start..<start + digits {
            let byte = bytes[index]
            let isDigit = byte &- 0x30 < 10
            guard isDigit || byte &- 0x61 < 6 else { return nil }
            value = value << 4 | UInt64(isDigit ? byte &- 0x30 : byte &- 0x57)
        }
        return value
    }
}

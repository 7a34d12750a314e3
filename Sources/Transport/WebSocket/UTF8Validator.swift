/// Checks UTF-8 as it arrives, in portions of any size (RFC 3629, Unicode table 3-7).
///
/// It says no at the first byte that cannot be part of a well-formed text: overlong forms, surrogates and values above
/// U+10FFFF are seen at the second byte of their sequence. ASCII is passed eight bytes at a time, and letters of two bytes
/// (Arabic is made of them) a letter at a time.
struct UTF8Validator: Equatable, Sendable {
    /// Continuation bytes that the sequence begun still needs.
    private var awaited: UInt8 = 0
    /// What the next continuation byte may be: narrower than 80…BF only after E0, ED, F0 and F4.
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    init() {}

    /// Whether the bytes so far end between two characters.
    var isComplete: Bool { self.awaited == 0 }

    /// Takes the next bytes; false when the text is broken, and then the validator is of no further use.
    mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if self.awaited == 0 {
                index = Self.endOfSimple(in: bytes, from: index)
                guard index < bytes.count else { break }
                guard self.begin(with: bytes[index]) else { return false }
            } else {
                let byte = bytes[index]
                guard byte >= self.lowest && byte <= self.highest else { return false }
                self.awaited &-= 1
                self.lowest = 0x80
                self.highest = 0xBF
            }
            index &+= 1
        }
        return true
    }

    /// Takes the first byte of a sequence of two to four.
    private mutating func begin(with lead: UInt8) -> Bool {
        switch lead {
        case 0xC2...0xDF: self.awaited = 1
        case 0xE0: (self.awaited, self.lowest) = (2, 0xA0)
        case 0xE1...0xEC, 0xEE...0xEF: self.awaited = 2
        case 0xED: (self.awaited, self.highest) = (2, 0x9F)
        case 0xF0: (self.awaited, self.lowest) = (3, 0x90)
        case 0xF1...0xF3: self.awaited = 3
        case 0xF4: (self.awaited, self.highest) = (3, 0x8F)
        default: return false
        }
        return true
    }

    /// The index from `start` on of the first byte that is neither ASCII nor of a whole sequence of two bytes.
    private static func endOfSimple(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index = Self.endOfASCII(in: bytes, from: index &+ 1)
            } else if 0xC2...0xDF ~= bytes[index] && index &+ 1 < bytes.count && bytes[index &+ 1] & 0xC0 == 0x80 {
                index &+= 2
            } else {
                break
            }
        }
        return index
    }

    /// The index of the first byte from `start` on that is not ASCII.
    private static func endOfASCII(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard word & 0x8080_8080_8080_8080 == 0 else { break }
            index &+= 8
        }
        while index < bytes.count && bytes[index] < 0x80 { index &+= 1 }
        return index
    }
}

/// Checks byte by byte that a file is UTF-8 text without control characters (RFC 3629 §4).
struct PlainTextCheck: Sendable {
    /// Continuation bytes that are still to come.
    private var missing = 0
    /// What the next continuation byte may be: it excludes overlong forms, surrogates and what is above U+10FFFF.
    private var expected: ClosedRange<UInt8> = 0x80...0xBF
    private var isBroken = false

    /// Whether all seen so far can be the beginning of a text.
    var isPossible: Bool { !isBroken }

    /// Whether all seen so far is a whole text.
    var isText: Bool { !isBroken && missing == 0 }

    mutating func take(_ bytes: [UInt8]) {
        guard !isBroken else { return }
        for byte in bytes where !accept(byte) {
            isBroken = true
            return
        }
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        if missing > 0 {
            guard expected.contains(byte) else { return false }
            missing -= 1
            expected = 0x80...0xBF
            return true
        }
        switch byte {
        case 0x09, 0x0A, 0x0C, 0x0D, 0x20...0x7E: return true
        case 0xC2...0xDF: return expect(1)
        case 0xE0: return expect(2, 0xA0...0xBF)
        case 0xED: return expect(2, 0x80...0x9F)
        case 0xE1...0xEC, 0xEE, 0xEF: return expect(2)
        case 0xF0: return expect(3, 0x90...0xBF)
        case 0xF1...0xF3: return expect(3)
        case 0xF4: return expect(3, 0x80...0x8F)
        default: return false
        }
    }

    private mutating func expect(_ count: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
        missing = count
        expected = range
        return true
    }
}

import Testing

@testable import Transport

@Suite struct UTF8ValidatorTests {
    /// Whether the whole text is good, and how many of its bytes were taken before the answer was no.
    private func check(_ bytes: [UInt8], portion: Int = 1) -> (isValid: Bool, taken: Int) {
        var validator = UTF8Validator()
        var taken = 0
        while taken < bytes.count {
            let part = Array(bytes[taken..<min(taken + portion, bytes.count)])
            guard part.withUnsafeBytes({ validator.consume($0) }) else { return (false, taken) }
            taken += part.count
        }
        return (validator.isComplete, taken)
    }

    /// The essentials of Markus Kuhn's decoder stress test and the first and last of every length.
    static let wellFormed: [[UInt8]] = [
        [], [0x00], [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
        [0xEF, 0xBF, 0xBD], [0xEF, 0xBF, 0xBE], [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80],
        [0xF4, 0x8F, 0xBF, 0xBF], Array("κόσμε".utf8), Array("السلام عليكم ورحمة الله".utf8), Array("سارة 👩🏽‍💻 ok".utf8),
    ]

    static let broken: [[UInt8]] = [
        // Lone continuation bytes, and bytes that never occur.
        [0x80], [0xBF], [0xC0], [0xC1], [0xF5], [0xFE], [0xFF], [0xFE, 0xFE, 0xFF, 0xFF],
        // Five and six byte forms.
        [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80],
        // Overlong forms of "/" and of the last code point before each length.
        [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xC0, 0x80],
        // Surrogates, alone and paired.
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80],
        // Above U+10FFFF.
        [0xF4, 0x90, 0x80, 0x80], [0xF7, 0xBF, 0xBF, 0xBF],
        // A sequence broken off by ASCII, by another lead byte, and a lead byte alone.
        [0xC3, 0x28], [0xE2, 0x82, 0x28], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x98, 0x41], [0xE2, 0xC3, 0xA9],
        // The Autobahn suite's: κόσμε, a surrogate, "edited".
        Array("κόσμε".utf8) + [0xED, 0xA0, 0x80] + Array("edited".utf8),
    ]

    static let unfinished: [[UInt8]] = [
        [0xC3], [0xE2], [0xE2, 0x82], [0xF0], [0xF0, 0x9F], [0xF0, 0x9F, 0x98], [0x41, 0x42, 0xD8],
    ]

    @Test(arguments: wellFormed) func wellFormedTextPassesInAnyPortions(bytes: [UInt8]) {
        for portion in 1...max(1, bytes.count) { #expect(self.check(bytes, portion: portion).isValid) }
        // Behind ASCII of any length, for the way that takes eight bytes at a time.
        for prefix in 0...17 {
            let text = [UInt8](repeating: 0x61, count: prefix) + bytes + [UInt8](repeating: 0x62, count: 9)
            #expect(self.check(text, portion: text.count).isValid)
        }
    }

    @Test(arguments: broken) func brokenTextIsRefusedInAnyPortions(bytes: [UInt8]) {
        for portion in 1...max(1, bytes.count) { #expect(!self.check(bytes, portion: portion).isValid) }
        for prefix in 0...17 {
            let text = [UInt8](repeating: 0x61, count: prefix) + bytes
            #expect(!self.check(text, portion: text.count).isValid)
        }
    }

    @Test(arguments: unfinished) func unfinishedTextIsNotComplete(bytes: [UInt8]) {
        let (isValid, taken) = self.check(bytes)
        #expect(!isValid && taken == bytes.count)
    }

    @Test func failsAtTheFirstByteThatCannotBe() {
        #expect(self.check([0x41, 0xED, 0xA0, 0x80]).taken == 2)
        #expect(self.check([0xF4, 0x90, 0x80, 0x80]).taken == 1)
        #expect(self.check([0xE0, 0x80]).taken == 1)
        #expect(self.check([0xF5]).taken == 0)
    }

    @Test("All sequences of up to two bytes, and of three behind the special leads, agree with the standard library")
    func agreesWithTheStandardLibrary() {
        func compare(_ bytes: [UInt8]) -> Bool {
            self.check(bytes, portion: bytes.count).isValid == (String(validating: bytes, as: UTF8.self) != nil)
        }
        for first in 0...255 as ClosedRange<UInt8> {
            #expect(compare([first]))
            for second in 0...255 as ClosedRange<UInt8> where !compare([first, second]) {
                Issue.record("\(first) \(second)")
            }
        }
        for lead in [0xE0, 0xED, 0xEF, 0xF0, 0xF4] as [UInt8] {
            for second in 0...255 as ClosedRange<UInt8> {
                for third in [0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF] as [UInt8] {
                    for rest in [[], [0x80], [0xBF], [0xC0]] as [[UInt8]] where !compare([lead, second, third] + rest) {
                        Issue.record("\(lead) \(second) \(third) \(rest)")
                    }
                }
            }
        }
    }

    @Test func randomTextsAgreeWithTheStandardLibrary() {
        var random = SeededRandom(seed: 8)
        let pieces: [[UInt8]] = Self.wellFormed + Self.unfinished + Self.broken
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 1...6, using: &random)).flatMap { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }
            let portion = Int.random(in: 1...9, using: &random)
            #expect(
                self.check(bytes, portion: portion).isValid == (String(validating: bytes, as: UTF8.self) != nil)
            )
        }
    }
}

import Domain
import HubTestKit
import Testing

/// Whatever comes, the parser answers, and what it accepts survives a round trip.
@Suite struct JSONFuzzTests {
    @Test func randomDocumentsSurviveTheRoundTrip() throws {
        var random = SeededRandom(seed: 1)
        for _ in 0..<3000 {
            let value = Self.value(depth: 5, using: &random)
            let text = value.text
            #expect(try JSONParser.parse(text) == value)
            #expect(try JSONParser.parse(text).text == text)
        }
    }

    @Test func randomTokensNeverCrash() {
        let tokens = [
            "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "D83D", "DE00", "0041", "0000", "true", "fals", "null",
            "-", "0", "1", "9", ".", "e", "+", " ", "\n", "\t", "\u{0}", "a", "س", "😀", "\"a\"", "\"b\":",
        ]
        var random = SeededRandom(seed: 2)
        var accepted = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(tokens) }.joined()
            if Self.isStableWhenAccepted(text) { accepted += 1 }
        }
        #expect(accepted > 100)
    }

    @Test func damagedDocumentsNeverCrash() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<5000 {
            var bytes = Array(Self.value(depth: 3, using: &random).text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if random.chance(in: 3), bytes.count > 1 {
                    bytes.remove(at: place)
                } else {
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
            }
            _ = Self.isStableWhenAccepted(String(decoding: bytes, as: UTF8.self))
            bytes.withUnsafeBytes { _ = try? JSONParser.parse(bytes: $0) }
        }
    }

    @Test func everyPrefixOfADocumentIsRefused() {
        let text = #"{"op":"send","id":12,"body":{"text":"س\u0627\ud83d\ude00","n":[-1.5e3,true,null]}}"#
        let bytes = Array(text.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONParseError.self) {
                try bytes.prefix(count).withUnsafeBytes { try JSONParser.parse(bytes: $0) }
            }
        }
    }

    private static func isStableWhenAccepted(_ text: String) -> Bool {
        guard let value = try? JSONParser.parse(text) else { return false }
        let again = try? JSONParser.parse(value.text)
        #expect(again == value)
        return true
    }

    private static func value(depth: Int, using random: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(random.chance(in: 2))
        case 2: return .integer(Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0..<64, using: &random))
        case 3: return .number(number(using: &random))
        case 4, 5: return .string(string(using: &random))
        case 6:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, using: &random) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                members[string(using: &random)] = value(depth: depth - 1, using: &random)
            }
            return .object(members)
        }
    }

    private static func number(using random: inout SeededRandom) -> Double {
        while true {
            let number = Double(bitPattern: random.next())
            if number.isFinite { return number }
        }
    }

    private static func string(using random: inout SeededRandom) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let ceiling = random.pick([0x7F, 0x7FF, 0xFFFF, 0x10FFFF] as [UInt32])
            guard let scalar = Unicode.Scalar(UInt32.random(in: 1...ceiling, using: &random)) else { continue }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}

import Domain
import HubTestKit
import Testing

@Suite struct SealedSecretTests {
    private static let text =
        "v1|A256GCM|local:k00000000000000ff|AQID|AAECAwQFBgcICQoL|AAAAAAAAAAAAAAAAAAAAAA"

    private static func sealed(
        _ kek: String = "local:k00000000000000ff",
        dek: [UInt8] = [1, 2, 3],
        nonce: [UInt8] = Array(0..<12),
        ciphertext: [UInt8] = Array(repeating: 0, count: 16)
    ) throws -> SealedSecret? {
        let name = try #require(KeyName(kek))
        let dataKey = try #require(WrappedKey(kek: name, bytes: dek))
        return SealedSecret(dataKey: dataKey, nonce: nonce, ciphertext: ciphertext)
    }

    @Test func isPrintedWithAllFieldsAndTheVersionFirst() throws {
        let sealed = try #require(try Self.sealed())
        #expect(sealed.text == Self.text)
        #expect(SealedSecret(Self.text) == sealed)
    }

    @Test func whatIsPrintedIsReadAgain() throws {
        var random = SeededRandom(seed: 41)
        let names = ["local:k1", "aws-kms:arn:aws:kms:me-south-1:111122223333:key/1a2b", "vault-transit:hub.codes:v7"]
        for _ in 0..<500 {
            let sealed = try #require(
                try Self.sealed(
                    random.pick(names),
                    dek: Self.bytes(1...300, &random),
                    nonce: Self.bytes(12...12, &random),
                    ciphertext: Self.bytes(16...300, &random)
                )
            )
            let read = try #require(SealedSecret(sealed.text))
            #expect(read == sealed && read.text == sealed.text)
        }
    }

    @Test func theLongestFitsIntoItsText() throws {
        let name = "local:" + String(repeating: "k", count: KeyName.maxIDBytes)
        let most = SealedSecret.maxSecretBytes + SealedSecret.tagBytes
        let dek = [UInt8](repeating: 7, count: WrappedKey.maxBytes)
        let sealed = try #require(try Self.sealed(name, dek: dek, ciphertext: Array(repeating: 1, count: most)))
        #expect(sealed.text.utf8.count <= SealedSecret.maxTextBytes)
        #expect(SealedSecret(sealed.text) == sealed)
        #expect(try Self.sealed(ciphertext: Array(repeating: 1, count: most + 1)) == nil)
        #expect(WrappedKey(kek: sealed.dataKey.kek, bytes: dek + [7]) == nil)
    }

    @Test(arguments: [
        "", "|", "v1", "|||||", text + "|", "|" + text, text + "=", text + "\n", " " + text,
        text.replacing("v1", with: "v2"), text.replacing("A256GCM", with: "A128GCM"),
        text.replacing("local:", with: "local"), text.replacing("local", with: "Local"),
        text.replacing("local:k00000000000000ff", with: "local:"), text.replacing("AQID", with: ""),
        text.replacing("AQID", with: "AQJ"), text.replacing("AQID", with: "AQI+"), text.replacing("AQID", with: "AQIé"),
        text.replacing("AAECAwQFBgcICQoL", with: "AAECAwQFBgcICQo"),
        String(text.dropLast()), String(text.dropLast()) + "B", String(text.dropLast(4)),
        String(repeating: "|", count: 1 << 21), "\u{0}", "🔑|🔑|🔑|🔑|🔑|🔑",
    ])
    func badTextIsNone(_ text: String) {
        #expect(SealedSecret(text) == nil)
    }

    @Test func garbageNeverCrashesAndNeverHasTwoSpellings() {
        var random = SeededRandom(seed: 42)
        let original = Array(Self.text.utf8)
        for _ in 0..<20_000 {
            var bytes = original
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            if let read = SealedSecret(text) { #expect(read.text == text) }
        }
    }

    @Test func showsNothingButItsKey() throws {
        let sealed = try #require(SealedSecret(Self.text))
        var dumped = ""
        dump(sealed, to: &dumped)
        #expect("\(sealed)" == "<sealed by local:k00000000000000ff>")
        #expect(dumped == "- <sealed by local:k00000000000000ff>\n")
    }

    private static func bytes(_ count: ClosedRange<Int>, _ random: inout SeededRandom) -> [UInt8] {
        (0..<Int.random(in: count, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}

import Domain
import HubTestKit
import Testing

@Suite struct Base64URLTests {
    /// RFC 4648 §10, without padding; the last two show the URL alphabet.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"), ("~~~", "fn5-"), ("???", "Pz8_"),
    ])
    func followsTheStandard(_ plain: String, _ text: String) {
        #expect(Base64URL.encode(plain.utf8) == text)
        #expect(Base64URL.decode(text) == Array(plain.utf8))
    }

    @Test(arguments: ["A", "Zg==", "Zh", "Zm9", "Zm9v\n", "Zm+v", "Zm/v", "Z g", "Zé"])
    func refusesASecondSpelling(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
        #expect(!Base64URL.isCanonical(text))
    }

    @Test func everyLengthComesBack() {
        var random = SeededRandom(seed: 7)
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }
}

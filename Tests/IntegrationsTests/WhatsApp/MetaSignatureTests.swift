import Domain
import Integrations
import Testing

@Suite struct MetaSignatureTests {
    private static let good = "0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914"
    private let signature = MetaSignature(appSecret: "secret")

    @Test func publishedVector() {
        #expect(signature.isGood("sha256=\(Self.good)", for: Array("test".utf8)))
    }

    @Test(arguments: [
        "", "sha256=", "sha256=00", good, "sha1=\(good)", "sha256=\(good)0", "sha256=\(good.dropLast(2))",
        "sha256=\(good.uppercased())", " sha256=\(good)", "sha256=1\(good.dropFirst())", "SHA256=\(good)",
        "sha256=\(String(repeating: "ö", count: 32))",
    ])
    func anythingElseIsNoSignature(_ header: String) {
        #expect(!signature.isGood(header, for: Array("test".utf8)))
    }

    @Test func itSignsTheBytesAndTheSecret() {
        #expect(!signature.isGood("sha256=\(Self.good)", for: Array("test ".utf8)))
        #expect(!MetaSignature(appSecret: "Secret").isGood("sha256=\(Self.good)", for: Array("test".utf8)))
    }
}

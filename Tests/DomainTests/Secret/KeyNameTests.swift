import Domain
import Testing

@Suite struct KeyNameTests {
    @Test(arguments: [
        "local:k5d41402abc4b2a76", "aws-kms:arn:aws:kms:me-south-1:111122223333:key/1a2b", "vault-transit:codes:v7",
        "a:b",
    ])
    func readsWhatItPrints(_ text: String) throws {
        let name = try #require(KeyName(text))
        #expect(name.description == text)
        #expect(KeyName(provider: name.provider, id: name.id) == name)
    }

    @Test(arguments: [
        "", ":", "local", "local:", ":k1", "Local:k1", "lo cal:k1", "local:k 1", "local:k|1", "local:k\n1", "local:ك",
        "local:\u{301}", String(repeating: "a", count: 33) + ":k", "a:" + String(repeating: "k", count: 513),
    ])
    func refusesTheRest(_ text: String) {
        #expect(KeyName(text) == nil)
    }

    @Test func localKeysHaveNamesOfOneLength() {
        #expect(KeyName.local(fingerprint: 255).description == "local:k00000000000000ff")
        #expect(KeyName.local(fingerprint: .max).id == "kffffffffffffffff")
    }
}

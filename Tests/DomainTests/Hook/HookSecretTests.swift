import Testing

@testable import Domain

@Suite struct HookSecretTests {
    @Test func aSecretIsReadAsItIsWritten() throws {
        for _ in 0..<100 {
            let secret = HookSecret.make()
            #expect(secret.bytes.count == 32 && secret.text.hasPrefix("whsec_"))
            #expect(HookSecret(secret.text) == secret)
        }
        let known = try #require(HookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        #expect(known.bytes.count == 24 && known.text == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    }

    @Test(arguments: [
        "", "whsec_", "whsec_AAAA", "sk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!",
    ])
    func nothingElseIsASecret(_ text: String) {
        #expect(HookSecret(text) == nil)
    }

    @Test func noTwoAreAlikeAndNoneIsPrinted() {
        let secret = HookSecret.make()
        #expect(secret != HookSecret.make())
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("whsec_") && "\(secret)" == "<secret>")
    }
}

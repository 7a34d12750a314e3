import Crypto
import Domain
import Foundation
import Testing

@testable import Integrations

@Suite struct RandomSecretTokensTests {
    private let tokens: RandomSecretTokens

    init() throws {
        tokens = RandomSecretTokens(secret: try MasterSecret(base64: Data(0..<32).base64EncodedString()))
    }

    @Test func makes256BitsThatTravelInAURL() {
        let made = (0..<100).map { _ in tokens.make() }
        #expect(Set(made).count == 100)
        #expect(made.allSatisfy { $0.count == 43 && Base64URL.isCanonical($0) })
    }

    @Test func digestsAsSHA256() {
        #expect(tokens.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    /// A site computes this with the printed key as text, as `hash_hmac('sha256', $id, $key)` does.
    @Test func acceptsWhatASiteComputesWithThePrintedKey() {
        for userID in ["42", "sara@example.com", "زبون ١"] {
            let code = HMAC<SHA256>.authenticationCode(
                for: Data(userID.utf8),
                using: SymmetricKey(data: Data(tokens.identityKeyHex.utf8))
            )
            let signature = code.map { String(format: "%02x", $0) }.joined()
            #expect(tokens.isValidIdentity(userID: userID, signature: signature))
            #expect(tokens.identitySignature(userID: userID) == signature)
            #expect(!tokens.isValidIdentity(userID: userID + " ", signature: signature))
        }
    }

    @Test func refusesEveryOtherSignature() {
        let signature = tokens.identitySignature(userID: "42")
        let others = [
            "", "0", "zz", signature.uppercased(), String(signature.dropLast(2)), signature + "00",
            String(repeating: "0", count: 64), " " + signature, "٤٢",
        ]
        for other in others { #expect(!tokens.isValidIdentity(userID: "42", signature: other)) }
    }

    @Test func keepsTheIdentityKeyOutOfPrintedText() {
        var dumped = ""
        dump(tokens, to: &dumped)
        for text in ["\(tokens)", String(reflecting: tokens), dumped] { #expect(!text.contains(tokens.identityKeyHex)) }
    }
}

import Crypto
import Domain
import Foundation
import Testing

@testable import Integrations

@Suite struct MasterSecretTests {
    @Test func acceptsExactly32Bytes() throws {
        for count in [0, 16, 31, 33, 64] {
            let text = Data(repeating: 7, count: count).base64EncodedString()
            #expect(throws: HubError.badRequest("holds \(count) bytes instead of 32")) {
                try MasterSecret(base64: text)
            }
        }
        #expect(throws: HubError.badRequest("is not base64")) { try MasterSecret(base64: "not base64!") }
        _ = try MasterSecret(base64: MasterSecret.makeBase64())
        #expect(MasterSecret.makeBase64() != MasterSecret.makeBase64())
    }

    @Test func derivesAKeyOfItsOwnForEachPurpose() throws {
        let text = MasterSecret.makeBase64()
        let keys = try MasterSecret.Purpose.allCases.map { try MasterSecret(base64: text).key(for: $0) }
        #expect(Set(keys.map { $0.withUnsafeBytes { Hex.encode($0) } }).count == MasterSecret.Purpose.allCases.count)
        #expect(try keys[0] == MasterSecret(base64: text).key(for: .accessToken))
        #expect(keys.allSatisfy { $0.bitCount == 256 })
    }

    @Test func neverPrintsItself() throws {
        let secret = try MasterSecret(base64: MasterSecret.makeBase64())
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret)" == "<secret>")
        #expect(String(reflecting: secret) == "<secret>")
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(dumped == "- <secret>\n")
        #expect("\(Optional(secret) as Any)" == "Optional(<secret>)")
    }
}

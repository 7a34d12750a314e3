import Domain
import Foundation
import HubTestKit
import Testing

@testable import Integrations

@Suite struct ContinuationSealTests {
    private let now = Samples.start
    private let seal: ContinuationSeal

    init() throws {
        seal = ContinuationSeal(secret: try MasterSecret(base64: Data(0..<32).base64EncodedString()))
    }

    private func visitor(_ email: String?, room: Int = 1, id: Int = 1) throws -> Visitor {
        Visitor(
            id: .sample(id), room: .sample(room), profile: try VisitorProfile(email: email), verifiedUserID: nil,
            createdAt: now)
    }

    @Test func aLinkIsGoodForItsVisitorUntilItsTime() throws {
        let sara = try visitor("sara@example.net")
        let token = try #require(seal.make(for: sara, until: now + .seconds(60)))
        #expect(seal.visitor(namedBy: token) == sara.id)
        #expect(seal.isGood(token, for: sara, at: now + .milliseconds(59_999)))
        #expect(!seal.isGood(token, for: sara, at: now + .seconds(60)))
        #expect(token.utf8.allSatisfy { (0x21...0x7E).contains($0) } && token.count < 128)
    }

    @Test func anotherAddressRoomVisitorOrHubEndsIt() throws {
        let sara = try visitor("sara@example.net")
        let token = try #require(seal.make(for: sara, until: now + .seconds(60)))
        for other in [
            try visitor("other@example.net"), try visitor(nil), try visitor("sara@example.net", room: 2),
            try visitor("sara@example.net", id: 2),
        ] {
            #expect(!seal.isGood(token, for: other, at: now))
        }
        let stranger = ContinuationSeal(secret: try MasterSecret(base64: MasterSecret.makeBase64()))
        #expect(!stranger.isGood(token, for: sara, at: now))
        #expect(seal.make(for: try visitor(nil), until: now) == nil)
    }

    @Test func noLetterOfItCanBeChanged() throws {
        let sara = try visitor("sara@example.net")
        let token = Array(try #require(seal.make(for: sara, until: now + .seconds(60))).utf8)
        for index in token.indices {
            var changed = token
            changed[index] = token[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(!seal.isGood(String(decoding: changed, as: UTF8.self), for: sara, at: now))
        }
        for text in ["", "..", "a.b.c", String(decoding: token.dropLast(), as: UTF8.self)] {
            #expect(!seal.isGood(text, for: sara, at: now))
        }
    }
}

import Domain
import Testing

@testable import Integrations

@Suite struct IndexTextSealTests {
    private static let planted = "تفضل\nPLANTED-1"
    private static let place = SecretPlace(table: "room_events", record: "c_1/7", field: "content")

    private let seal = IndexKey.make().texts

    @Test func opensAtItsPlaceOnly() throws {
        let sealed = try seal.seal(Self.planted, at: Self.place)
        #expect(try seal.open(sealed, at: Self.place) == Self.planted)
        #expect(!sealed.contains("PLANTED") && sealed.hasPrefix("t1|"))
        for other in [
            SecretPlace(table: "outbox", record: "c_1/7", field: "content"),
            SecretPlace(table: "room_events", record: "c_1/8", field: "content"),
            SecretPlace(table: "room_events", record: "c_1/7", field: "payload"),
        ] {
            #expect(throws: HubError.cannotOpenSecret) { try seal.open(sealed, at: other) }
        }
    }

    @Test func equalTextsAreSealedDifferently() throws {
        let one = try seal.seal(Self.planted, at: Self.place)
        #expect(try seal.seal(Self.planted, at: Self.place) != one)
    }

    @Test func whatIsAlteredIsRefused() throws {
        let parts = try seal.seal(Self.planted, at: Self.place).split(separator: "|").map(String.init)
        for part in [2, 3] {
            var altered = parts
            altered[part] = (altered[part].hasPrefix("A") ? "B" : "A") + altered[part].dropFirst()
            let text = altered.joined(separator: "|")
            #expect(throws: HubError.cannotOpenSecret) { try seal.open(text, at: Self.place) }
        }
        for text in ["", "t1", "t2|" + parts.dropFirst().joined(separator: "|"), parts.joined(separator: "|") + "|"] {
            #expect(throws: HubError.cannotOpenSecret) { try seal.open(text, at: Self.place) }
        }
    }

    /// A store that was given a new index key.
    @Test func whatALostKeySealedIsToldFromWhatIsAltered() throws {
        let sealed = try seal.seal(Self.planted, at: Self.place)
        #expect(try IndexKey.make().texts.open(sealed, at: Self.place) == nil)
    }

    /// The key is stored; what it sealed opens after every start.
    @Test func theSameIndexKeyOpensIt() throws {
        let key = IndexKey.make()
        let sealed = try key.texts.seal(Self.planted, at: Self.place)
        #expect(try IndexKey(key.text)?.texts.open(sealed, at: Self.place) == Self.planted)
    }
}

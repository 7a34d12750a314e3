import Crypto
import Domain
import Testing

@testable import Integrations

@Suite struct ScryptPasswordHasherTests {
    private static let cheap = ScryptHash.Cost(logN: 4, blockSize: 8, parallelism: 1)
    private let hasher = ScryptPasswordHasher(cost: Self.cheap, maxWaiting: 64)

    @Test func knowsThePasswordAgainAndNoOther() async throws {
        let hash = try await hasher.hash("correct horse")
        #expect(hash.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        #expect(!hash.contains("horse"))
        #expect(try await hasher.verify("correct horse", against: hash))
        #expect(try await !hasher.verify("correct horsf", against: hash))
        #expect(try await !hasher.verify("", against: hash))
    }

    @Test func saltsEveryHash() async throws {
        #expect(try await hasher.hash("same") != hasher.hash("same"))
    }

    @Test func anOldCostStaysGood() async throws {
        let hash = try await hasher.hash("kept")
        let stronger = ScryptPasswordHasher(cost: .init(logN: 6, blockSize: 8, parallelism: 2), maxWaiting: 1)
        #expect(try await stronger.verify("kept", against: hash))
        #expect(try await stronger.hash("kept").hasPrefix("$scrypt$ln=6,r=8,p=2$"))
    }

    /// RFC 8265 §4.2: composed and decomposed letters, and spaces of every width, are the same password.
    @Test(arguments: [
        ("caf\u{E9}", "cafe\u{301}"),
        ("\u{623}\u{62D}\u{645}\u{62F}", "\u{627}\u{654}\u{62D}\u{645}\u{62F}"),
        ("two words", "two\u{A0}words"),
        ("two words", "two\u{3000}words"),
    ])
    func theSamePasswordFromAnotherKeyboard(_ first: String, _ second: String) async throws {
        #expect(try await hasher.verify(second, against: hasher.hash(first)))
        #expect(try ScryptPasswordHasher.prepared(first) == ScryptPasswordHasher.prepared(second))
    }

    @Test func lettersThatOnlyLookAlikeStayDifferent() throws {
        #expect(try ScryptPasswordHasher.prepared("\u{FB01}x") != ScryptPasswordHasher.prepared("fix"))
        #expect(try ScryptPasswordHasher.prepared("Case") != ScryptPasswordHasher.prepared("case"))
    }

    @Test func anUnknownUserIsNeverRight() async throws {
        for password in ["", "x", "\u{0}", String(repeating: "x", count: 5000)] {
            #expect(try await !hasher.verify(password, against: nil))
        }
    }

    /// The decoy costs what a new hash costs: no clock is needed to see that the work is the same.
    @Test func theDecoyHasTheCostOfARealHash() async throws {
        let stored = try #require(ScryptHash(stored: try await hasher.hash("x")))
        let decoy = ScryptHash.decoy(cost: Self.cheap)
        #expect(decoy.cost == stored.cost)
        #expect(decoy.salt.count == stored.salt.count)
        #expect(decoy.hash.bitCount == stored.hash.bitCount)
    }

    @Test func refusesToHashNothingOrTooMuch() async {
        await #expect(throws: HubError.badRequest("The password is empty.")) { try await hasher.hash("") }
        await #expect(throws: HubError.badRequest("The password is longer than 1024 bytes.")) {
            try await hasher.hash(String(repeating: "\u{E9}", count: 513))
        }
    }

    /// HMAC pads its key with zeros, so "x" and "x\0" would be one password.
    @Test(arguments: ["x\u{0}", "\u{0}", "x\ny", "\u{7F}", "a\u{85}"])
    func controlCharactersAreNoPartOfAPassword(_ password: String) async throws {
        await #expect(throws: HubError.badRequest("The password holds a control character.")) {
            try await hasher.hash(password)
        }
        #expect(try await !hasher.verify(password, against: hasher.hash("x")))
    }

    @Test func aBrokenHashIsAnInternalErrorThatDoesNotShowIt() async throws {
        let error = try #require(
            await #expect(throws: HubError.self) { try await hasher.verify("x", against: "$scrypt$secret") }
        )
        #expect(error.code == .internal)
        #expect(!error.message.contains("secret"))
    }
}

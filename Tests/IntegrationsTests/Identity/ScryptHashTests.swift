import Crypto
import Testing

@testable import Integrations

@Suite struct ScryptHashTests {
    /// RFC 7914 §12, with the empty password left out: an empty password is refused before it comes here.
    @Test(arguments: [
        Vector(
            password: "password",
            salt: "NaCl",
            cost: .init(logN: 10, blockSize: 8, parallelism: 16),
            hash: "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        Vector(
            password: "pleaseletmein",
            salt: "SodiumChloride",
            cost: .init(logN: 14, blockSize: 8, parallelism: 1),
            hash: "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ])
    func agreesWithTheVectorsOfRFC7914(_ vector: Vector) throws {
        let password = Array(vector.password.utf8)
        let hash = try ScryptHash(
            password: password,
            salt: Array(vector.salt.utf8),
            cost: vector.cost,
            byteCount: 64
        )
        #expect(hash.hash.withUnsafeBytes { Hex.encode($0) } == vector.hash)

        let read = try #require(ScryptHash(stored: hash.stored))
        #expect(try read.matches(password: password))
        #expect(try !read.matches(password: password + [1]))
    }

    struct Vector: Sendable, CustomTestStringConvertible {
        let password: String
        let salt: String
        let cost: ScryptHash.Cost
        let hash: String
        var testDescription: String { password }
    }

    @Test func theStandardCostIsStored() throws {
        let cost = ScryptHash.Cost.standard(logN: 15)
        #expect(cost == .init(logN: 15, blockSize: 8, parallelism: 3))
        #expect(ScryptHash.decoy(cost: cost).stored.hasPrefix("$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$"))
    }

    @Test(arguments: [
        "", "plain", "$argon2id$ln=15,r=8,p=3$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=15,r=8$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$r=8,ln=15,p=3$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=15,r=8,p=3$c2FsdHNhbHQ$AAAA",
        "$scrypt$ln=15,r=8,p=3$$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=15,r=8,p=3$c2Fs*$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=30,r=8,p=3$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=15,r=8,p=99999$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=-1,r=8,p=3$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
    ])
    func refusesWhatIsNoHashOrAsksForTooMuch(_ stored: String) {
        #expect(ScryptHash(stored: stored) == nil)
    }
}

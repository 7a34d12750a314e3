import Crypto
import Domain
import Foundation
import _CryptoExtras

/// A password hash as it is stored: `$scrypt$ln=15,r=8,p=3$salt$hash`.
///
/// The form is that of PHC strings; the parts are base64 without padding. It carries its own cost, so that the
/// cost of new hashes can rise while old ones stay good.
struct ScryptHash: Sendable {
    /// What one computation takes: `128 × 2^logN × blockSize` bytes, and time in proportion × `parallelism`.
    struct Cost: Sendable, Equatable {
        let logN: Int
        let blockSize: Int
        let parallelism: Int

        /// Three passes; with `logN` 15, which takes 32 MiB, OWASP's equivalent of N = 2^17, p = 1 for machines with
        /// little memory.
        static func standard(logN: Int) -> Cost { Cost(logN: logN, blockSize: 8, parallelism: 3) }

        /// 1 GiB at most: a stored string cannot make the hub run out of memory.
        var isSane: Bool {
            (1...20).contains(logN) && (1...8).contains(blockSize) && (1...16).contains(parallelism)
        }
    }

    static let saltBytes = 16
    static let hashBytes = 32

    let cost: Cost
    let salt: [UInt8]
    let hash: SymmetricKey

    private init(cost: Cost, salt: [UInt8], hash: SymmetricKey) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// A hash that no password is known for: to spend the same time when there is no user.
    static func decoy(cost: Cost) -> ScryptHash {
        ScryptHash(cost: cost, salt: [UInt8](repeating: 0, count: saltBytes), hash: SymmetricKey(size: .bits256))
    }

    /// Computes the hash: slow by design. `password` is not empty.
    init(password: [UInt8], salt: [UInt8], cost: Cost, byteCount: Int = Self.hashBytes) throws {
        let hash = try KDF.Scrypt.deriveKey(
            from: password,
            salt: salt,
            outputByteCount: byteCount,
            rounds: 1 << cost.logN,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
        self.init(cost: cost, salt: salt, hash: hash)
    }

    /// Nil when `stored` is not a hash of this kind or asks for more than is sane.
    init?(stored: String) {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Cost(parts[2]), cost.isSane,
            let salt = Self.decode(parts[3]), !salt.isEmpty,
            let hash = Self.decode(parts[4]), (16...64).contains(hash.count)
        else { return nil }
        self.init(cost: cost, salt: salt, hash: SymmetricKey(data: hash))
    }

    var stored: String {
        let digest = hash.withUnsafeBytes { Self.encode(Array($0)) }
        return "$scrypt$ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallelism)$\(Self.encode(salt))$\(digest)"
    }

    /// Computes anew and compares in constant time.
    func matches(password: [UInt8]) throws -> Bool {
        try ScryptHash(password: password, salt: salt, cost: cost, byteCount: hash.bitCount / 8).hash == hash
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }

    private static func decode(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: text + padding).map(Array.init)
    }
}

extension ScryptHash.Cost {
    /// Reads `ln=15,r=8,p=3`.
    init?(_ text: Substring) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let names = ["ln=", "r=", "p="]
        guard parts.count == names.count else { return nil }
        let values = zip(parts, names).map { part, name in
            part.hasPrefix(name) ? Int(part.dropFirst(name.count)) : nil
        }
        guard let logN = values[0], let blockSize = values[1], let parallelism = values[2] else { return nil }
        self.init(logN: logN, blockSize: blockSize, parallelism: parallelism)
    }
}

import Domain
import Foundation

/// Passwords under scrypt (RFC 7914), on threads of their own.
///
/// A password is first made comparable by the OpaqueString profile (RFC 8265 §4.2): every space becomes U+0020 and
/// the text NFC, so that the same password typed on another keyboard is the same password.
package struct ScryptPasswordHasher: PasswordHasher {
    /// Longer ones are refused, not cut: 1024 bytes after NFC.
    package static let maxPasswordBytes = 1024
    /// One per core of a small machine: sign-ins are rare, messages are not.
    static let threads = 2

    private let cost: ScryptHash.Cost
    private let workers: WorkerThreads
    /// Computed against when there is no user, so that the answer takes the same time.
    private let decoy: ScryptHash

    /// - Parameters:
    ///   - cost: of new hashes, as a power of two; 15 takes 32 MiB.
    ///   - maxWaiting: sign-ins that wait for a thread; one more throws `busy`.
    package init(cost: Int, maxWaiting: Int = 32) {
        self.init(cost: .standard(logN: cost), maxWaiting: maxWaiting)
    }

    init(cost: ScryptHash.Cost, maxWaiting: Int) {
        self.cost = cost
        workers = WorkerThreads(count: Self.threads, maxWaiting: maxWaiting, name: "scrypt")
        decoy = ScryptHash.decoy(cost: cost)
    }

    /// Throws `bad_request` for what cannot be a password, and `busy`.
    package func hash(_ password: String) async throws -> String {
        let bytes = try Self.prepared(password)
        var random = SystemRandomNumberGenerator()
        let salt = (0..<ScryptHash.saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        return try await compute { [cost] in try ScryptHash(password: bytes, salt: salt, cost: cost).stored }
    }

    /// False also for what cannot be a password. Throws `busy`, and `internal` for a hash it cannot read.
    package func verify(_ password: String, against hash: String?) async throws -> Bool {
        let bytes = try? Self.prepared(password)
        let target: ScryptHash
        if let hash {
            guard let stored = ScryptHash(stored: hash) else {
                throw HubError(.internal, "The stored password hash cannot be read. Set the password anew.")
            }
            target = stored
        } else {
            target = decoy
        }
        let isEqual = try await compute { try target.matches(password: bytes ?? [0]) }
        return isEqual && bytes != nil && hash != nil
    }

    /// Whether `hash` would take it.
    package static func accepts(_ password: String) -> Bool {
        (try? prepared(password)) != nil
    }

    private func compute<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let result: Result<Value, HubError> = try await workers.run {
            do {
                return .success(try work())
            } catch {
                return .failure(HubError(.internal, "The password could not be hashed: is the memory used up?"))
            }
        }
        return try result.get()
    }

    /// The bytes that are hashed. Throws `bad_request` for a password that is empty, too long or has controls.
    ///
    /// Controls are refused (RFC 8265 §4.2.1) also because HMAC pads with zeros: "x" and "x\0" would be equal.
    static func prepared(_ password: String) throws(HubError) -> [UInt8] {
        guard !password.isEmpty else { throw .badRequest("The password is empty.") }
        var spaced = String.UnicodeScalarView()
        for scalar in password.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control: throw .badRequest("The password holds a control character.")
            case .spaceSeparator: spaced.append(" ")
            default: spaced.append(scalar)
            }
        }
        let bytes = Array(String(spaced).precomposedStringWithCanonicalMapping.utf8)
        guard bytes.count <= maxPasswordBytes else {
            throw .badRequest("The password is longer than \(maxPasswordBytes) bytes.")
        }
        return bytes
    }
}

import Crypto
import Domain
import Foundation

/// A key of AES-256-GCM (NIST SP 800-38D) with 96-bit nonces and 128-bit tags. It never prints itself.
package struct SealingKey: Sendable {
    /// What a seal gives: the nonce, and the ciphertext with the tag at its end.
    struct Sealed: Equatable {
        let nonce: [UInt8]
        let ciphertext: [UInt8]
    }

    static let byteCount = 32

    let key: SymmetricKey

    init(_ key: SymmetricKey) {
        self.key = key
    }

    /// Nil unless there are 32 bytes.
    init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// A fresh random key.
    static func make() -> SealingKey {
        SealingKey(SymmetricKey(size: .bits256))
    }

    var bytes: [UInt8] { key.withUnsafeBytes { Array($0) } }

    /// - Parameter nonce: Random, unless a published vector is followed. One key never meets a nonce twice.
    func seal(
        _ plaintext: [UInt8],
        nonce: AES.GCM.Nonce = AES.GCM.Nonce(),
        authenticating data: [UInt8]
    ) throws(HubError) -> Sealed {
        do {
            let box = try AES.GCM.seal(plaintext, using: key, nonce: nonce, authenticating: data)
            return Sealed(nonce: Array(nonce), ciphertext: Array(box.ciphertext + box.tag))
        } catch {
            throw HubError(.internal, "A secret cannot be sealed: it is too long.")
        }
    }

    /// Throws `cannotOpenSecret` for whatever is wrong; no byte comes out before the tag is checked.
    func open(_ sealed: Sealed, authenticating data: [UInt8]) throws(HubError) -> [UInt8] {
        let tagStart = sealed.ciphertext.count - SealedSecret.tagBytes
        guard tagStart >= 0 else { throw .cannotOpenSecret }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: sealed.nonce),
                ciphertext: sealed.ciphertext[..<tagStart],
                tag: sealed.ciphertext[tagStart...]
            )
            return Array(try AES.GCM.open(box, using: key, authenticating: data))
        } catch {
            throw .cannotOpenSecret
        }
    }
}

extension SealingKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<key>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

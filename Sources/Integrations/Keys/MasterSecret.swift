import Crypto
package import Domain
import Foundation

/// The one secret from which every key of the hub is derived.
///
/// 32 random bytes, given as base64 in `ENCRYPTION_SECRET`. A key for each purpose comes out of it by
/// HKDF-SHA256 (RFC 5869), so that one purpose's key tells nothing of another's. It never prints itself.
package struct MasterSecret: Sendable {
    /// What a derived key is for. The raw value is HKDF's `info`; changing one makes all such keys void.
    enum Purpose: String, CaseIterable {
        case accessToken = "access-token v1"
        case visitorIdentity = "visitor-identity v1"
        case continuation = "continuation v1"
        case keyEncryption = "key-encryption v1"
        /// Not a key: what names the key above, and tells nothing of it.
        case keyEncryptionName = "key-encryption name v1"
    }

    package static let byteCount = 32

    private let key: SymmetricKey

    /// Throws `bad_request` unless `text` is exactly 32 bytes in base64; the error does not hold the text.
    package init(base64 text: String) throws(HubError) {
        guard let data = Data(base64Encoded: text) else {
            throw .badRequest("is not base64")
        }
        guard data.count == Self.byteCount else {
            throw .badRequest("holds \(data.count) bytes instead of \(Self.byteCount)")
        }
        key = SymmetricKey(data: data)
    }

    /// A new secret in base64: for the file that keeps it, and nothing else.
    package static func makeBase64() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    func key(for purpose: Purpose) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key,
            info: Data(purpose.rawValue.utf8),
            outputByteCount: Self.byteCount
        )
    }
}

extension MasterSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

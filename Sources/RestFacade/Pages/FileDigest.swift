import Crypto
import Foundation

/// What a file is known by: SHA-256 of its bytes.
struct FileDigest: Sendable, Equatable {
    private let bytes: [UInt8]

    init(of bytes: some DataProtocol) {
        self.bytes = Array(SHA256.hash(data: bytes))
    }

    /// 64 bits of it in lower-case hex: enough to tell versions of our own files apart.
    var short: String {
        let hex = bytes.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return hex.joined()
    }

    /// As `integrity` has it (Subresource Integrity, section 3.5).
    var integrity: String { "sha256-" + Data(bytes).base64EncodedString() }
}

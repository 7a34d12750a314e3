import Domain

/// Where blobs lie.
struct BlobLayout: Sendable {
    let directory: String

    var temporary: String { "\(directory)/tmp" }

    /// The directory that holds a blob; nil for what is no digest, such as a path that leads elsewhere.
    func directory(ofDigest digest: String) -> String? {
        guard digest.utf8.count == 64, digest.utf8.allSatisfy(Self.isHexDigit) else { return nil }
        return "\(directory)/\(digest.prefix(2))"
    }

    func path(ofDigest digest: String) -> String? {
        directory(ofDigest: digest).map { "\($0)/\(digest.dropFirst(2))" }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

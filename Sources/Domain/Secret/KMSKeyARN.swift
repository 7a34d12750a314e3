/// The full name of a key in AWS KMS: `arn:aws:kms:me-central-1:111122223333:key/…`.
///
/// Neither an alias nor a bare id: what an alias points at can change, and the name tells region and account.
package struct KMSKeyARN: Sendable, Hashable, CustomStringConvertible {
    package static let provider = "aws-kms"
    package static let accepted = "the ARN of a symmetric key, arn:aws:kms:REGION:ACCOUNT:key/ID (no alias)"

    private static let maxBytes = 256

    package let partition: String
    package let region: String
    /// The whole name.
    package let text: String
    package let name: KeyName

    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= Self.maxBytes, parts.count == 6, parts[0] == "arn", parts[2] == "kms",
            parts[1].hasPrefix("aws"), Self.isWord(parts[1]), Self.isWord(parts[3]),
            parts[4].utf8.count == 12, parts[4].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            parts[5].hasPrefix("key/"), Self.isWord(String(parts[5].dropFirst(4))),
            let name = KeyName(provider: Self.provider, id: text)
        else { return nil }
        self.text = text
        self.name = name
        partition = parts[1]
        region = parts[3]
    }

    /// Where the region answers.
    package var endpoint: String {
        "https://kms.\(region).amazonaws.com\(partition == "aws-cn" ? ".cn" : "")/"
    }

    package var description: String { text }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

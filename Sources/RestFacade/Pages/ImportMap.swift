import Foundation

/// The digests of what a page's modules load later, where the browser looks them up (HTML, section 8.1.6.3).
///
/// No tag names these modules, so none can carry their `integrity`.
struct ImportMap {
    /// JSON, the same for the same files in whatever order: every hub of one build makes the same page.
    let text: String

    init(_ files: [SourceFile], address: (SourceFile) -> String) {
        let members = files.map { file in
            "\(Self.quoted(address(file))):\(Self.quoted(file.digest.integrity))"
        }
        text = "{\"integrity\":{\(members.sorted().joined(separator: ","))}}"
    }

    /// It stands in the page itself: a map cannot be loaded from an address.
    var tag: String { "<script type=\"importmap\">\(text)</script>" }

    /// What a policy calls it by.
    var digest: FileDigest { FileDigest(of: Array(text.utf8)) }

    /// A string of JSON that ends no `script` element and begins no comment in it.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\", "<", "\0"..<" ":
                "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2) + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}

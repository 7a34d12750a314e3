/// A strong validator of one representation (RFC 9110 section 8.8.3).
struct EntityTag: Sendable, Equatable {
    /// In double quotes, as it stands in `ETag`.
    let text: String

    /// - Parameter opaque: Letters, digits and `-` only; changes whenever the bytes change.
    init(_ opaque: String) {
        text = "\"\(opaque)\""
    }

    /// Of a resource that counts its versions.
    init(version: Int64) {
        self.init("v\(version)")
    }

    /// The version in a tag that `init(version:)` made; nil for all others, and for weak ones (section 13.1.1).
    static func version(_ text: String) -> Int64? {
        guard text.hasPrefix("\"v"), text.hasSuffix("\"") else { return nil }
        return Int64(text.dropFirst(2).dropLast())
    }

    /// Whether a client that sent these `If-None-Match` headers has the representation already (section 13.1.2).
    func isHeld(accordingTo ifNoneMatch: [String]) -> Bool {
        ifNoneMatch.lazy.flatMap { $0.split(separator: ",") }.contains { candidate in
            let candidate = candidate.drop(while: \.isWhitespace)
            let end = candidate.lastIndex { !$0.isWhitespace }
            guard let end else { return false }
            let tag = candidate[...end]
            // The weak comparison of section 8.8.3.2: proxies that compress make tags weak.
            return tag == "*" || tag == text || tag == "W/\(text)"
        }
    }
}

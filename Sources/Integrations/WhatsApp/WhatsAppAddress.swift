/// Where the Graph API is: the configured address with a version, ours when it has none.
struct WhatsAppAddress: Sendable, Equatable {
    /// Without a slash at its end.
    let text: String

    static let usualVersion = "v23.0"

    init(_ base: String) {
        var base = base
        while base.hasSuffix("/") { base.removeLast() }
        text = Self.hasVersion(base) ? base : "\(base)/\(Self.usualVersion)"
    }

    /// `v23.0`
    var version: String { String(text.split(separator: "/").last ?? "") }

    private static func hasVersion(_ base: String) -> Bool {
        guard let last = base.split(separator: "/").last, last.hasPrefix("v"), last.count > 1 else { return false }
        return last.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }
}

import Domain
import Integrations

/// What `hub keys status` tells: each key with its standing, and how many envelopes name it.
struct KeyReport {
    let lines: [String]
    /// Nil when all is well.
    let advice: String?

    init(_ keyring: Keyring, counts: [EnvelopeCount]) async {
        let known = await keyring.keys()
        let named = Set(counts.compactMap(\.key)).subtracting(known)
        var lines: [String] = []
        var isMissing = false
        for key in known + named.sorted() {
            let standing = await keyring.standing(of: key)
            isMissing = isMissing || standing == .missing
            lines.append(Self.line("\(key)", standing.rawValue, counts.filter { $0.key == key }))
        }
        let unreadable = counts.filter { $0.key == nil }
        if !unreadable.isEmpty { lines.append(Self.line("-", "unreadable", unreadable)) }
        self.lines = lines
        advice =
            if isMissing {
                """
                Keys are missing. Give their secrets in \(Settings.retiredSecrets.name), or set up who keeps them: \
                \(Settings.retiredKMSKeys.name), \(Settings.transitKey.name).
                """
            } else if !unreadable.isEmpty {
                "Some envelopes cannot be read. Restore them from a backup."
            } else {
                nil
            }
    }

    private static func line(_ key: String, _ state: String, _ counts: [EnvelopeCount]) -> String {
        let total = counts.reduce(0) { $0 + $1.count }
        let places = counts.map { "\($0.place) \($0.count)" }.joined(separator: ", ")
        return [key, state, String(total), places].joined(separator: "\t")
    }
}

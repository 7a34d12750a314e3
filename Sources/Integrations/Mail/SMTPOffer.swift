/// What a mail server can do, as it says in its answer to EHLO (RFC 5321 section 4.1.1.1).
struct SMTPOffer: Sendable, Equatable {
    enum Mechanism: String, Sendable, CaseIterable {
        /// RFC 4616; one round trip less.
        case plain = "PLAIN"
        case login = "LOGIN"
    }

    private(set) var startTLS = false
    /// Those that are spoken here, in the order in which they are preferred.
    private(set) var mechanisms: [Mechanism] = []
    /// The largest mail in bytes (RFC 1870); nil when nothing is said of it.
    private(set) var maxBytes: Int?
    /// Addresses and headers in UTF-8 (RFC 6531), which needs bodies of eight bits as well.
    private(set) var unicode = false
    private var eightBit = false

    init(_ reply: SMTPReply) {
        var names: Set<Substring> = []
        var hasUnicode = false
        // The first line is the server's name.
        for line in reply.lines.dropFirst() {
            let words = line.uppercased().split { $0 == " " || $0 == "=" }
            switch words.first {
            case "STARTTLS": startTLS = true
            case "AUTH": names.formUnion(words.dropFirst().map { Substring($0) })
            case "SIZE": maxBytes = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            case "SMTPUTF8": hasUnicode = true
            case "8BITMIME": eightBit = true
            default: break
            }
        }
        mechanisms = Mechanism.allCases.filter { names.contains(Substring($0.rawValue)) }
        unicode = hasUnicode && eightBit
    }
}

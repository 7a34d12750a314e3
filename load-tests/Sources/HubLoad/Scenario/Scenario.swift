/// The kinds of runs.
enum Scenario: String, CaseIterable, Codable {
    /// One room, many members.
    case fanout
    /// Many rooms, few members in each.
    case rooms
    /// Connections on which nothing happens but pings.
    case idle
    /// Everybody loses the connection and comes back at once.
    case storm
    /// A member that does not read.
    case slow
    /// Senders that wait for their message before they send the next.
    case publish
    /// Keep-alive connections that ask for one product.
    case rest
    /// A walk through the pages of a long list.
    case pages
    /// Signed deliveries of WhatsApp, each at its time.
    case webhook
    /// Answers of the assistant that all grow at once, while people chat.
    case answers

    /// Whether it is about products over plain HTTP.
    var isRest: Bool {
        switch self {
        case .rest, .pages: true
        case .fanout, .rooms, .idle, .storm, .slow, .publish, .webhook, .answers: false
        }
    }

    /// Whether `--rate` means anything to it.
    var publishes: Bool {
        switch self {
        case .fanout, .rooms, .slow, .webhook, .answers: true
        case .idle, .storm, .publish, .rest, .pages: false
        }
    }
}

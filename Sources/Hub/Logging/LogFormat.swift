/// How log lines look.
enum LogFormat: String, Sendable, CaseIterable {
    /// One line for people: time, level, message, `key=value`.
    case text
    /// One JSON object per line for machines.
    case json
}

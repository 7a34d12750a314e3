import Domain

/// A value that travels between the hub and a database.
///
/// Text holds no U+0000: PostgreSQL cannot store it, so both drivers refuse it with `bad_request` before anything
/// is sent.
enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)

    static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }

    static func optional(_ integer: Int64?) -> SQLValue { integer.map { .integer($0) } ?? .null }

    static func optional(_ moment: Timestamp?) -> SQLValue { .optional(moment?.milliseconds) }

    static func optional(_ seq: SequenceNumber?) -> SQLValue { .optional(seq?.value) }

    static func id<Kind>(_ id: ID<Kind>) -> SQLValue { .text(id.text) }

    static func seq(_ seq: SequenceNumber) -> SQLValue { .integer(seq.value) }

    static func moment(_ moment: Timestamp) -> SQLValue { .integer(moment.milliseconds) }

    static func flag(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }

    static func count(_ count: Int) -> SQLValue { .integer(Int64(count)) }

    /// A list of texts, as JSON.
    static func texts(_ texts: [String]) -> SQLValue { .json(.array(texts.map(JSONValue.string))) }

    static func json(_ json: JSONValue) -> SQLValue {
        var writer = JSONWriter()
        writer.value(json)
        return .text(writer.text)
    }

    /// Throws `bad_request` when a text cannot be stored on both databases.
    func checkStorable() throws(HubError) {
        guard case .text(let text) = self, !text.isStorable else { return }
        throw .unstorableText
    }
}

extension String {
    /// Whether a text column of both databases can hold this.
    var isStorable: Bool { !utf8.contains(0) }
}

extension HubError {
    static let unstorableText = HubError.badRequest("a text must not hold the character U+0000")
}

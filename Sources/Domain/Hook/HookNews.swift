/// Something that happened, as systems of the shop are told of it.
package struct HookNews: Sendable, Equatable {
    package let type: HookEventType
    package let at: Timestamp
    /// Within one stream `sequence` rises: the room of a conversation, or `records` for all else.
    package let stream: String
    package let sequence: Int64
    /// Whose erasure ends it: the id of the conversation, contact, lead, deal or order.
    package let subject: String
    package let data: [String: JSONValue]

    /// The stream of what happened to contacts, leads, deals and orders.
    package static let records = "records"

    package init(
        _ type: HookEventType,
        at moment: Timestamp,
        stream: String,
        sequence: Int64,
        subject: String,
        data: [String: JSONValue]
    ) {
        self.type = type
        at = moment
        self.stream = stream
        self.sequence = sequence
        self.subject = subject
        self.data = data
    }

    /// A test of one endpoint, in a stream of its own.
    package static func ping(_ endpoint: HookEndpointID, as event: HookEventID, at moment: Timestamp) -> HookNews {
        HookNews(
            .ping, at: moment, stream: event.text, sequence: 1, subject: endpoint.text,
            data: ["endpoint": .string(endpoint.text)])
    }

    /// What is sent, to the byte, however often. What would be longer than `maxBytes` says only what it is about.
    package func body(as id: HookEventID, maxBytes: Int) -> String {
        let whole = text(as: id, data)
        guard whole.utf8.count > maxBytes else { return whole }
        return text(as: id, ["id": .string(subject), "too_large": .bool(true)])
    }

    private func text(as id: HookEventID, _ data: [String: JSONValue]) -> String {
        JSONValue.object([
            "id": .string(id.text),
            "type": .string(type.rawValue),
            "version": .integer(type.version),
            "timestamp": .string(at.rfc3339),
            "stream": .string(stream),
            "sequence": .integer(sequence),
            "data": .object(data),
        ]).text
    }
}

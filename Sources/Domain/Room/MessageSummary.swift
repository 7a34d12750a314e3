/// A message as lists show it.
package struct MessageSummary: Sendable, Equatable {
    /// Characters kept of the text.
    package static let excerptLength = 120

    package let seq: SequenceNumber
    package let at: Timestamp
    package let author: Participant
    package let kind: MessageBody.Kind
    package let excerpt: String

    package init(seq: SequenceNumber, at: Timestamp, author: Participant, kind: MessageBody.Kind, excerpt: String) {
        self.seq = seq
        self.at = at
        self.author = author
        self.kind = kind
        self.excerpt = excerpt
    }

    init(seq: SequenceNumber, at: Timestamp, author: Participant, body: MessageBody) {
        self.init(seq: seq, at: at, author: author, kind: body.kind, excerpt: Self.excerpt(of: body))
    }

    package func with(_ body: MessageBody?) -> MessageSummary {
        MessageSummary(seq: seq, at: at, author: author, kind: kind, excerpt: body.map(Self.excerpt) ?? "")
    }

    /// Of codes only how many of what: lists are stored as they are.
    private static func excerpt(of body: MessageBody) -> String {
        if case .codes(let codes) = body { return String(codes.summary.prefix(excerptLength)) }
        return String(body.plainText.prefix(excerptLength))
    }
}

extension MessageSummary {
    package var json: JSONValue {
        .object([
            "seq": .integer(seq.value), "at": .string(at.rfc3339), "by": author.json,
            "kind": .string(kind.rawValue), "text": .string(excerpt),
        ])
    }

    package init?(json: JSONValue) {
        guard let seq = json["seq"]?.integer, let at = json["at"]?.string.flatMap(Timestamp.init(rfc3339:)),
            let author = json["by"].flatMap(Participant.init(json:)),
            let kind = json["kind"]?.string.flatMap(MessageBody.Kind.init), let text = json["text"]?.string
        else { return nil }
        self.init(seq: SequenceNumber(seq), at: at, author: author, kind: kind, excerpt: text)
    }
}

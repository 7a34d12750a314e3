import Domain

extension HelpRequest {
    init(_ reader: ObjectReader) throws(HubError) {
        let language: Language? = reader.optional("to") == nil ? nil : try reader.choice("to")
        let wish: Wish =
            switch try reader.choice("kind", as: Kind.self) {
            case .reply: .reply(draft: try reader.optionalString("draft") ?? "")
            case .summary: .summary
            case .translation: .translation(try Self.source(reader))
            }
        self.init(wish, in: try reader.room(), language: language)
    }

    private static func source(_ reader: ObjectReader) throws(HubError) -> Source {
        switch (try reader.optionalString("text"), try reader.optionalSequence("target")) {
        case (let text?, nil):
            guard !text.allSatisfy(\.isWhitespace) else { throw .badRequest("text is empty") }
            return .text(text)
        case (nil, let target?): return .message(target)
        case (nil, nil): throw .badRequest("give text, or target: the seq of a message")
        case (_?, _?): throw .badRequest("give text or target, not both")
        }
    }
}

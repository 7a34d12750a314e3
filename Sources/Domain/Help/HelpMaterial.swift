/// What the model is given to read for one request.
package struct HelpMaterial: Sendable, Equatable {
    /// Of the conversation, in their order; none for a translation.
    package let lines: [HelpLine]
    /// To be translated; empty for all else.
    package let text: String

    package init(lines: [HelpLine] = [], text: String = "") {
        self.lines = lines
        self.text = text
    }
}

/// One message of a conversation, as the model reads it.
package struct HelpLine: Sendable, Equatable {
    package enum Speaker: String, Sendable {
        case customer, shop
        /// A colleague, or the hub, in the side room.
        case note
    }

    package let speaker: Speaker
    package let text: String

    package init(_ speaker: Speaker, _ text: String) {
        self.speaker = speaker
        self.text = text
    }

    /// What a model may read of a message, as the assistant reads it; nil for what says nothing.
    init?(_ message: FoldedHistory.Message, isNote: Bool) {
        switch AssistantTurn.Reading([message], maxTokens: .max).messages.first {
        case .user(let text): self.init(isNote ? .note : .customer, text)
        case .assistant(let text, _): self.init(isNote ? .note : .shop, text)
        case .system, .tool, nil: return nil
        }
    }

    var json: JSONValue { ["from": .string(speaker.rawValue), "text": .string(text)] }
}

extension HelpMaterial {
    /// The newest messages that fit into `maxTokens`; the newest one is always there.
    ///
    /// - Parameters:
    ///   - messages: Of the conversation, in rising order.
    ///   - notes: Of the side room, in rising order. They stand behind the message that they were written after.
    package init(_ messages: [FoldedHistory.Message], notes: [FoldedHistory.Message], maxTokens: Int64) {
        var lines: [HelpLine] = []
        var left = maxTokens
        var (messages, notes) = (messages[...], notes[...])
        while let (message, isNote) = Self.takeLast(&messages, &notes) {
            guard let line = HelpLine(message, isNote: isNote) else { continue }
            left -= CompletionMessage.user(line.text).estimatedTokens
            guard left >= 0 || lines.isEmpty else { break }
            lines.append(line)
        }
        self.init(lines: lines.reversed())
    }

    private static func takeLast(
        _ messages: inout ArraySlice<FoldedHistory.Message>,
        _ notes: inout ArraySlice<FoldedHistory.Message>
    ) -> (FoldedHistory.Message, isNote: Bool)? {
        guard let note = notes.last else { return messages.popLast().map { ($0, false) } }
        if let message = messages.last, message.event.seq > (note.event.anchor ?? .zero) {
            messages.removeLast()
            return (message, false)
        }
        notes.removeLast()
        return (note, true)
    }

    /// What of a message can be translated. Throws `not_found` for one that is gone, `conflict` for one without words.
    package init(translating message: FoldedHistory.Message?, at target: SequenceNumber) throws(HubError) {
        guard let message, message.event.seq == target, let words = message.textForModel else {
            throw .notFound("target \(target) is no message of this room")
        }
        let text = if case .file(let file)? = message.body { file.caption ?? "" } else { words }
        guard !text.allSatisfy(\.isWhitespace) else { throw .conflict("target \(target) has no text to translate") }
        self.init(text: text)
    }
}

/// A conversation as a language model reads it.
extension AssistantTurn.Reading {
    /// The newest messages that fit into `maxTokens`; the newest one is always there.
    ///
    /// - Parameter history: In rising order, up to the newest message.
    package init(_ history: [FoldedHistory.Message], maxTokens: Int64) {
        let customers = history.lazy.filter { $0.event.author.kind.isCustomer }
        self.init(
            Self.last(of: history.reversed().lazy.compactMap(CompletionMessage.init), fitting: maxTokens),
            upTo: customers.last?.event.seq ?? .zero)
    }

    /// The last of some messages that fit into `maxTokens`; the very last one is always there.
    package init(_ messages: [CompletionMessage], fitting maxTokens: Int64) {
        self.init(Self.last(of: messages.reversed(), fitting: maxTokens), upTo: SequenceNumber(1))
    }

    /// - Parameter newest: Messages, the last one first.
    private static func last(
        of newest: some Sequence<CompletionMessage>,
        fitting maxTokens: Int64
    ) -> [CompletionMessage] {
        var left = maxTokens
        var kept: [CompletionMessage] = []
        for message in newest {
            left -= message.estimatedTokens
            guard left >= 0 || kept.isEmpty else { break }
            kept.append(message)
        }
        return kept.reversed()
    }
}

extension CompletionMessage {
    /// Nil for what says nothing: a message that was deleted.
    init?(_ message: FoldedHistory.Message) {
        guard let text = message.textForModel else { return nil }
        switch message.event.author.kind {
        case .visitor, .contact: self = .user(text)
        case .assistant: self = .assistant(text)
        case .staff, .system: self = .assistant("(\(message.event.author.name)) \(text)")
        }
    }
}

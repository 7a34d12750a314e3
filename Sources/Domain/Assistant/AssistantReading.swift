/// A conversation as a language model reads it.
extension AssistantTurn.Reading {
    /// The newest messages that fit into `maxTokens`; the newest one is always there.
    ///
    /// - Parameter history: In rising order, up to the newest message.
    package init(_ history: [FoldedHistory.Message], maxTokens: Int64) {
        var turns: [CompletionMessage] = []
        var left = maxTokens
        for message in history.reversed() {
            guard let turn = CompletionMessage(message) else { continue }
            left -= turn.estimatedTokens
            guard left >= 0 || turns.isEmpty else { break }
            turns.append(turn)
        }
        let customers = history.lazy.filter { $0.event.author.kind.isCustomer }
        self.init(turns.reversed(), upTo: customers.last?.event.seq ?? .zero)
    }
}

extension CompletionMessage {
    /// Nil for what says nothing: a message that was deleted.
    fileprivate init?(_ message: FoldedHistory.Message) {
        guard let body = message.body else { return nil }
        let text = body.forModel
        switch message.event.author.kind {
        case .visitor, .contact: self = .user(text)
        case .assistant: self = .assistant(text)
        case .staff, .system: self = .assistant("(\(message.event.author.name)) \(text)")
        }
    }
}

extension MessageBody {
    /// Files are named and not shown.
    fileprivate var forModel: String {
        switch kind {
        case .text: plainText
        case .file, .template, .interactive, .media, .location, .contacts, .choice, .order, .notice, .unsupported:
            "[\(kind.rawValue)] \(plainText)"
        }
    }
}

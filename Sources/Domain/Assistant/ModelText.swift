extension FoldedHistory.Message {
    /// What a language model reads of it; nil for what says nothing, because it was deleted.
    ///
    /// Whatever a model is given goes through here: it never sees the text of a message that hands out codes, also
    /// when that was edited since.
    package var textForModel: String? {
        guard let body else { return nil }
        if case .message(.codes(let codes), _) = event.content { return codes.textForModel }
        return body.textForModel
    }
}

extension MessageBody {
    /// Files are named and not shown.
    fileprivate var textForModel: String {
        switch self {
        case .text(let text): text
        case .cited(let cited): cited.text
        case .codes(let codes): codes.textForModel
        case .mentioning(let mentioning): mentioning.text
        case .file, .template, .card: "[\(kind.rawValue)] \(plainText)"
        }
    }
}

extension CodeText {
    fileprivate var textForModel: String { "[codes delivered to the customer, text hidden: \(summary)]" }
}

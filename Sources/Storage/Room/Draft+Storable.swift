import Domain

extension Draft {
    /// Whether both databases can hold it and `JSONParser` reads it back: no text of it has U+0000.
    ///
    /// The wire refuses such a text before; this keeps a draft of the hub's own making from hurting its neighbours.
    var isStorable: Bool {
        guard author.id.isStorable, author.name.isStorable else { return false }
        switch content {
        case .message(let body, _), .edit(_, let body): return body.isStorable
        case .reaction(_, let emoji, _): return emoji.isStorable
        case .membership(_, let who): return who.id.isStorable && who.name.isStorable
        case .assignment(let assignee, _): return assignee?.name.isStorable ?? true
        case .status(_, _, let problem): return problem?.isStorable ?? true
        case .labels(let added, let removed):
            return (added + removed).allSatisfy { $0.nameAr.isStorable && $0.nameEn?.isStorable ?? true }
        case .rating(let answer): return answer.comment?.isStorable ?? true
        case .deletion, .state, .clock, .survey, .run: return true
        }
    }
}

extension MessageBody {
    fileprivate var isStorable: Bool {
        switch self {
        case .text(let text):
            text.isStorable
        case .cited(let cited):
            cited.text.isStorable && cited.sources.allSatisfy { $0.title.isStorable && $0.url?.isStorable ?? true }
        case .codes(let codes):
            codes.text.isStorable && codes.marks.allSatisfy(\.product.isStorable)
        case .mentioning(let mentioning):
            mentioning.text.isStorable
        case .file(let file):
            [file.name, file.type, file.url, file.caption ?? ""].allSatisfy(\.isStorable)
        case .template(let name, let language, let params):
            name.isStorable && language.isStorable && params.isStorable
        case .card(let card):
            card.text.isStorable && JSONValue.object(card.details).isStorable
        }
    }
}

extension JSONValue {
    fileprivate var isStorable: Bool {
        switch self {
        case .null, .bool, .integer, .number: true
        case .string(let text): text.isStorable
        case .array(let values): values.allSatisfy(\.isStorable)
        case .object(let members): members.allSatisfy { $0.key.isStorable && $0.value.isStorable }
        }
    }
}

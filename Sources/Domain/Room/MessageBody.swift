/// The content of a message, checked when it is made.
package enum MessageBody: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case text, file, template
        // As `MessageCard` has them.
        case media, location, contacts, choice, interactive, order, notice, unsupported
    }

    case text(String)
    /// Of the kind `text`: what the assistant wrote, with what it used.
    case cited(CitedText)
    /// Of the kind `text`: people read it as one.
    case codes(CodeText)
    /// Of the kind `text`: among staff, with whom it mentions.
    case mentioning(MentioningText)
    case file(FileReference)
    case template(name: String, language: String, params: JSONValue)
    case card(MessageCard)

    package static let maxTextLength = 8000
    package static let maxCaptionLength = 2000

    package var kind: Kind {
        switch self {
        case .text, .cited, .codes, .mentioning: .text
        case .file: .file
        case .template: .template
        case .card(let card): card.kind.body
        }
    }

    /// Makes a text body. Throws `bad_request` when it is blank or longer than `maxTextLength` characters.
    package static func checkedText(_ text: String) throws(HubError) -> MessageBody {
        guard !text.allSatisfy(\.isWhitespace) else { throw .badRequest("body.text is empty") }
        // A character takes at least one byte, so a short text needs no counting.
        guard text.utf8.count <= maxTextLength || text.count <= maxTextLength else {
            throw HubError(.tooLarge, "body.text is longer than \(maxTextLength) characters")
        }
        return .text(text)
    }

    /// What is shown in a list and searched.
    package var plainText: String {
        switch self {
        case .text(let text): text
        case .cited(let cited): cited.text
        case .codes(let codes): codes.text
        case .mentioning(let mentioning): mentioning.text
        case .file(let file): file.caption.map { "\($0) \(file.name)" } ?? file.name
        case .template(let name, _, _): name
        case .card(let card): card.text
        }
    }

    /// As who reads it outside of the chat sees it: with what it rests on.
    package var fullText: String {
        switch self {
        case .cited(let cited): cited.withSources
        case .text, .codes, .mentioning, .file, .template, .card: plainText
        }
    }

    package var json: JSONValue {
        switch self {
        case .text(let text):
            return .object(["text": .string(text)])
        case .cited(let cited):
            return cited.json
        case .codes(let codes):
            return codes.json
        case .mentioning(let mentioning):
            return mentioning.json
        case .file(let file):
            return file.json
        case .template(let name, let language, let params):
            return .object(["name": .string(name), "language": .string(language), "params": params])
        case .card(let card):
            return card.json
        }
    }

    /// Reads what `json` gave; nil when the value is no body of that kind.
    package init?(kind: Kind, json: JSONValue) {
        switch kind {
        case .text:
            guard let text = json["text"]?.string else { return nil }
            let special = CitedText(json: json).map(MessageBody.cited) ?? CodeText(json: json).map(MessageBody.codes)
            self = special ?? MentioningText(json: json).map(MessageBody.mentioning) ?? .text(text)
        case .file:
            guard let file = FileReference(json: json) else { return nil }
            self = .file(file)
        case .template:
            guard let name = json["name"]?.string, let language = json["language"]?.string else { return nil }
            self = .template(name: name, language: language, params: json["params"] ?? .object([:]))
        case .media, .location, .contacts, .choice, .interactive, .order, .notice, .unsupported:
            guard let card = MessageCard.Kind(rawValue: kind.rawValue).flatMap({ MessageCard(kind: $0, json: json) })
            else { return nil }
            self = .card(card)
        }
    }
}

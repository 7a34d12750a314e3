/// Something that the shop knows and wrote down: a policy, an answer, a how-to.
package struct Article: Versioned, Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case draft
        /// Found by searches, and by the assistant when it is for customers.
        case published
    }

    package enum Audience: String, Sendable, CaseIterable {
        /// May be shown to customers.
        case customers
        /// For colleagues only; nothing of it reaches a customer.
        case staff
    }

    package let id: ArticleID
    /// Rises with every change.
    package var version: Int64
    package var title: String
    /// Markdown, or plain text.
    package var body: String
    package var language: Language
    /// Where customers can read it.
    package var url: String?
    package var tags: [String]
    package var state: State
    package var audience: Audience
    /// Who wrote it first; who changed it since is in the audit log.
    package let author: UserID
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A draft without text, to be filled in.
    package init(id: ArticleID, by author: UserID, at moment: Timestamp) {
        self.id = id
        version = 1
        title = ""
        body = ""
        language = .arabic
        tags = []
        state = .draft
        audience = .customers
        self.author = author
        createdAt = moment
        changedAt = moment
    }

    /// What a list finds it by.
    package var searchText: String { ([title] + tags + [body]).joined(separator: " ") }

    /// Each tag once, whatever its spelling; the first one counts.
    package static func tidied(_ tags: [String]) -> [String] {
        var seen: Set<String> = []
        return tags.filter { seen.insert(SearchText.fold($0)).inserted }
    }

    /// Throws `invalid` for what the schema of its members cannot tell.
    ///
    /// - Parameter maxBodyBytes: In UTF-8.
    package func check(maxBodyBytes: Int) throws(HubError) {
        var problems: [FieldProblem] = []
        if body.allSatisfy(\.isWhitespace) {
            problems.append(FieldProblem("/body", "required", "must have some text"))
        }
        if body.utf8.count > maxBodyBytes {
            problems.append(FieldProblem("/body", "too_long", "takes at most \(maxBodyBytes) bytes: split the article"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}

extension Article: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "article", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "title": .string(title),
            "body": .string(body),
            "language": .string(language.rawValue),
            "url": .optional(url),
            "tags": .array(tags.map(JSONValue.string)),
            "state": .string(state.rawValue),
            "audience": .string(audience.rawValue),
            "author": .string(author.text),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}

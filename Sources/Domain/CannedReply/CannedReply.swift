/// A reply that agents use again and again, in Arabic, in English, or in both.
package struct CannedReply: Sendable, Equatable {
    package static let maxShortcutLength = 40

    /// What agents type after `/`: letters, digits, `-` and `_`, in any script, without spaces.
    package let shortcut: String
    package let arabic: ReplyTemplate?
    package let english: ReplyTemplate?

    /// Throws `invalid` with everything that is wrong.
    package init(shortcut: String, textAr: String?, textEn: String?) throws(HubError) {
        var problems: [FieldProblem] = []
        if !Self.isShortcut(shortcut) {
            problems.append(
                FieldProblem(
                    "/shortcut", "format", "takes 1 to \(Self.maxShortcutLength) letters, digits, - and _, no spaces"))
        }
        if textAr == nil, textEn == nil {
            problems.append(FieldProblem("/text_ar", "required", "or text_en must be there"))
        }
        self.shortcut = shortcut
        arabic = Self.template(textAr, at: "/text_ar", &problems)
        english = Self.template(textEn, at: "/text_en", &problems)
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    /// In the customer's language, or else in the one there is.
    package func template(in language: Language) -> ReplyTemplate? { text(in: language)?.template }

    /// The text in the customer's language, or else the one there is, and its language.
    package func text(in language: Language) -> (template: ReplyTemplate, language: Language)? {
        switch language {
        case .arabic: arabic.map { ($0, .arabic) } ?? english.map { ($0, .english) }
        case .english: english.map { ($0, .english) } ?? arabic.map { ($0, .arabic) }
        }
    }

    private static func template(_ text: String?, at field: String, _ problems: inout [FieldProblem]) -> ReplyTemplate?
    {
        guard let text else { return nil }
        do {
            return try ReplyTemplate(text, at: field)
        } catch {
            problems += error.fields
            return nil
        }
    }

    private static func isShortcut(_ text: String) -> Bool {
        (1...maxShortcutLength).contains(text.unicodeScalars.count)
            && text.unicodeScalars.allSatisfy { scalar in
                scalar == "-" || scalar == "_" || scalar.properties.isAlphabetic
                    || scalar.properties.numericType == .decimal
            }
    }
}

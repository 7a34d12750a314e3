/// How the assistant speaks, as the shop wants it.
package struct AssistantManner: Sendable, Equatable {
    package enum Tone: String, Sendable, CaseIterable {
        case friendly, formal, plain

        var rule: String {
            switch self {
            case .friendly: "Be friendly, warm and short."
            case .formal: "Be polite and formal, and short."
            case .plain: "Be matter-of-fact, and as short as you can."
            }
        }
    }

    /// The shop's own words.
    package var instructions: String
    package var tone: Tone
    /// In which it may answer; the first one for everybody else. Never empty.
    package var languages: [ChatLanguage]
    /// Of the shop's own words; nil for words that are no setting.
    package var version: Int64?

    package init(instructions: String, tone: Tone, languages: [ChatLanguage], version: Int64? = nil) {
        self.instructions = instructions
        self.tone = tone
        self.languages = languages.isEmpty ? [.arabic] : languages
        self.version = version
    }

    package init(_ shop: ShopProfile) {
        self.init(
            instructions: shop.value(of: .assistantInstructions).string ?? "",
            tone: shop.value(of: .assistantTone).string.flatMap(Tone.init) ?? .friendly,
            languages: ChatLanguage.list(shop.value(of: .assistantLanguages)) ?? [],
            version: shop.version(of: .assistantInstructions)
        )
    }

    var languageRule: String {
        let names = languages.map(\.name)
        guard names.count > 1 else { return "Answer in \(names[0]), whatever the customer writes in." }
        return "Answer in the language of the customer's last message if it is one of: "
            + "\(names.joined(separator: ", ")). To all others answer in \(names[0])."
    }
}

/// A language that the assistant may answer in (ISO 639-1).
package enum ChatLanguage: String, Sendable, CaseIterable {
    case arabic = "ar"
    case english = "en"
    case urdu = "ur"
    case hindi = "hi"
    case bengali = "bn"
    case tagalog = "tl"
    case indonesian = "id"
    case turkish = "tr"
    case persian = "fa"
    case french = "fr"

    /// As a model knows it.
    package var name: String {
        switch self {
        case .arabic: "Arabic"
        case .english: "English"
        case .urdu: "Urdu"
        case .hindi: "Hindi"
        case .bengali: "Bengali"
        case .tagalog: "Tagalog"
        case .indonesian: "Indonesian"
        case .turkish: "Turkish"
        case .persian: "Persian"
        case .french: "French"
        }
    }

    /// Nil for what is no list of different languages, or an empty one.
    package static func list(_ json: JSONValue) -> [ChatLanguage]? {
        guard let items = json.array, !items.isEmpty else { return nil }
        let languages = items.compactMap { $0.string.flatMap(ChatLanguage.init) }
        return languages.count == items.count && Set(languages).count == items.count ? languages : nil
    }
}

/// When a rule of a script is meant. What is not named does not matter, but for `afterTool`.
struct ScriptCondition: Sendable, Equatable {
    /// One of these occurs in what the user wrote last, whatever its spelling.
    var texts: [String] = []
    /// Matches it as well; a regular expression, tried on the text as it was written and on its folded form.
    var pattern: String?
    /// One of these occurs in the instructions.
    var systems: [String] = []
    /// All of these may be called; an empty list says that none may.
    var tools: [String]?
    /// The model goes on from an answer of this tool, `*` for any; nil for what the user wrote.
    var afterTool: String?
    /// Occurs in what that tool answered.
    var result: String?
    /// Whether that answer is an empty list.
    var isEmpty: Bool?
    /// Which answer of the model it is, from 1.
    var turn: Int?
    /// Whether the user wrote Arabic.
    var isArabic: Bool?

    /// Throws for a pattern that is none, and for names that mean nothing.
    init(_ body: JSON) throws(OpenAIError) {
        for (name, value) in body.object ?? [:] {
            switch name {
            case "text": texts = try Self.texts(name, value).map(FoldedText.fold)
            case "regex":
                guard let text = value.string, (try? Regex(text)) != nil else {
                    throw .value("when.regex", "expected a regular expression")
                }
                pattern = text
            case "system": systems = try Self.texts(name, value).map(FoldedText.fold)
            case "tools": tools = try Self.texts(name, value)
            case "after_tool": afterTool = try Self.texts(name, value).first
            case "result": result = try Self.texts(name, value).first
            case "empty": isEmpty = value.bool
            case "turn": turn = value.integer.map { Int($0) }
            case "arabic": isArabic = value.bool
            default: throw .value("when.\(name)", "there is no such condition")
            }
        }
    }

    private static func texts(_ name: String, _ value: JSON) throws(OpenAIError) -> [String] {
        if let text = value.string { return [text] }
        guard let items = value.array else { throw .value("when.\(name)", "expected a text or a list of texts") }
        return items.compactMap(\.string)
    }

    /// The situation with what the pattern captured; nil when the rule is not meant.
    func match(_ situation: Situation) -> Situation? {
        guard isAboutTools(situation), isAboutResults(situation) else { return nil }
        if let turn, turn != situation.turn { return nil }
        if let isArabic, isArabic != FoldedText.isArabic(situation.user) { return nil }
        let user = FoldedText.fold(situation.user)
        if !texts.isEmpty, !texts.contains(where: user.contains) { return nil }
        let system = FoldedText.fold(situation.system)
        if !systems.isEmpty, !systems.contains(where: system.contains) { return nil }
        var matched = situation
        if let pattern {
            guard let regex = try? Regex(pattern).ignoresCase() else { return nil }
            // As it was written if that matches, so that what is captured keeps its spelling.
            let found = (try? regex.firstMatch(in: situation.user)) ?? (try? regex.firstMatch(in: user))
            guard let found else { return nil }
            matched.captures = found.output.map { $0.substring.map(String.init) ?? "" }
        }
        return matched
    }

    private func isAboutTools(_ situation: Situation) -> Bool {
        guard let tools else { return true }
        return tools.isEmpty ? situation.tools.isEmpty : situation.tools.isSuperset(of: tools)
    }

    private func isAboutResults(_ situation: Situation) -> Bool {
        guard let afterTool else { return situation.results.isEmpty }
        guard let found = situation.results.last(where: { afterTool == "*" || $0.tool == afterTool }) else {
            return false
        }
        if let result, !found.text.contains(result) { return false }
        guard let isEmpty else { return true }
        return isEmpty == (situation.value("tool.\(found.tool)")?.list?.isEmpty ?? false)
    }
}

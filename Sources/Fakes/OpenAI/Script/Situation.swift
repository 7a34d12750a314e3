import Foundation

/// What a script looks at: where the conversation stands.
struct Situation: Sendable, Equatable {
    /// What somebody wrote last.
    let user: String
    /// The instructions.
    let system: String
    /// Names of the tools that may be called.
    let tools: Set<String>
    /// What the tools answered, when the model is to go on from that.
    let results: [ChatRequest.ToolResult]
    /// Which answer of the model this is, from 1.
    let turn: Int
    /// What a regular expression of the rule found, the whole of it first.
    var captures: [String] = []

    init(_ request: ChatRequest) {
        user = request.userText
        system = request.systemText
        tools = Set(request.offered.map(\.name))
        results = request.results
        turn = request.turn
    }

    /// The words that a search is for: those of the first question, without the ones that only make it a question.
    var query: String {
        let words = user.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
        let first = words.prefix { !Self.conjunctions.contains(FoldedText.fold($0)) }
        let left = first.filter { !Self.small.contains(FoldedText.fold($0)) }
        return (left.isEmpty ? words[...] : left[...]).joined(separator: " ")
    }

    /// Words that begin a second question.
    private static let conjunctions: Set<String> = ["وهل", "وما", "وكيف", "ومتي", "and"]

    private static let small: Set<String> = [
        "كم", "سعر", "سعرها", "السعر", "بكم", "هل", "عندكم", "عندك", "لديكم", "ابي", "ابغي", "اريد", "ودي", "في",
        "من", "عن", "ما", "هي", "هو", "لو", "سمحت", "متوفر", "متوفره", "يوجد", "السلام", "عليكم", "مرحبا", "وش", "ايش",
        "بطاقه", "بطاقات", "card", "cards",
        "how", "much", "is", "are", "the", "a", "an", "do", "you", "have", "price", "of", "cost", "what", "whats", "i",
        "want", "to", "buy", "for", "in", "stock", "any", "please", "hi", "hello", "does", "it", "s",
    ]

    /// The value behind a path of a template: `user`, `short`, `query`, `turn`, `match.1` or `tool.NAME.member.0.member`.
    func value(_ path: String) -> JSON? {
        let parts = path.split(separator: ".").map(String.init)
        switch parts.first {
        case "user"?: return .string(user)
        case "query"?: return .string(query)
        case "short"?: return .string(user.count > 80 ? user.prefix(80) + "…" : user)
        case "turn"?: return .integer(Int64(turn))
        case "match"?:
            guard parts.count == 2, let place = Int(parts[1]), captures.indices.contains(place) else { return nil }
            return .string(captures[place])
        case "tool"?:
            guard parts.count > 1, let result = results.last(where: { parts[1] == "*" || $0.tool == parts[1] }) else {
                return nil
            }
            let value = (try? JSON.parse(Data(result.text.utf8))) ?? .string(result.text)
            return value.member(parts.dropFirst(2))
        default: return nil
        }
    }
}

extension JSON {
    /// The member behind a path. Where a name or a place is missing, the only member that holds others is looked
    /// into, so that `{"items":[…]}` and `[…]` read the same.
    func member(_ path: some Collection<String>) -> JSON? {
        guard let first = path.first else { return self }
        let rest = path.dropFirst()
        if let found = self[first] { return found.member(rest) }
        if let items = array, let place = Int(first) {
            return items.indices.contains(place) ? items[place].member(rest) : nil
        }
        let containers = (object ?? [:]).values.filter { $0.array != nil || $0.object != nil }
        return containers.count == 1 ? containers[0].member(path) : nil
    }

    /// The list that this is, or that is the only one in it.
    var list: [JSON]? {
        if let items = array { return items }
        let lists = (object ?? [:]).values.compactMap(\.array)
        return lists.count == 1 ? lists[0] : nil
    }

    /// As a sentence names it; empty for what is not there.
    var plain: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .number(let number) where number == number.rounded() && abs(number) < 1e15: String(Int64(number))
        case .bool, .integer, .number, .array, .object: text
        }
    }
}

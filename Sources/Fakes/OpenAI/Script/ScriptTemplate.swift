/// Text with places for values of the conversation.
///
/// `{tool.search_products.0.price}` is a value, `{a|b|"c"}` the first of them that is there,
/// `{#tool.search_products}• {.name}: {.price}⏎{/}` a line for each item of a list, `{#3 path}…{/}` for three at most.
enum ScriptTemplate {
    static func fill(_ template: String, _ situation: Situation) -> String {
        fill(template[...], situation, item: nil)
    }

    /// Fills every string within a value.
    static func fill(_ value: JSON, _ situation: Situation) -> JSON {
        switch value {
        case .string(let text): .string(fill(text, situation))
        case .array(let items): .array(items.map { fill($0, situation) })
        case .object(let members): .object(members.mapValues { fill($0, situation) })
        case .null, .bool, .integer, .number: value
        }
    }

    private static func fill(_ template: Substring, _ situation: Situation, item: JSON?) -> String {
        var filled = ""
        var rest = template
        while let start = rest.firstIndex(of: "{") {
            guard let end = rest[start...].firstIndex(of: "}") else { break }
            filled += rest[..<start]
            let place = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            guard place.hasPrefix("#") else {
                filled += value(place, situation, item: item).map(\.plain) ?? ""
                continue
            }
            let body = rest.firstRange(of: "{/}").map { rest[..<$0.lowerBound] } ?? rest
            rest = rest[body.endIndex...].dropFirst("{/}".count)
            filled += each(place.dropFirst(), situation, body)
        }
        return filled + rest
    }

    private static func each(_ head: Substring, _ situation: Situation, _ body: Substring) -> String {
        let words = head.split(separator: " ")
        let most = words.count > 1 ? Int(words[0]) ?? .max : .max
        guard let path = words.last, let items = situation.value(String(path))?.list else { return "" }
        return items.prefix(most).map { fill(body, situation, item: $0) }.joined()
    }

    private static func value(_ place: Substring, _ situation: Situation, item: JSON?) -> JSON? {
        for choice in place.split(separator: "|") {
            if choice.hasPrefix("\""), choice.hasSuffix("\""), choice.count > 1 {
                return .string(String(choice.dropFirst().dropLast()))
            }
            let isOfItem = choice.hasPrefix(".")
            let path = choice.dropFirst(isOfItem ? 1 : 0).split(separator: ".").map(String.init)
            let found = isOfItem ? item?.member(path) : situation.value(String(choice))
            if let found, found != .null { return found }
        }
        return nil
    }
}

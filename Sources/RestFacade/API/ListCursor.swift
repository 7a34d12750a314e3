import Domain

/// A position in a list as clients carry it: opaque, and good only for the order it was made in.
enum ListCursor {
    static func text(_ position: ListPosition, order: String) -> String {
        let value: JSONValue =
            switch position.value {
            case .text(let text): .string(text)
            case .integer(let integer): .integer(integer)
            }
        return Base64URL.encode(JSONValue.array([.string(order), value, .string(position.id)]).text.utf8)
    }

    /// Nil for a text that was not made by `text` with this order.
    static func position(_ text: String, order: String) -> ListPosition? {
        guard let bytes = Base64URL.decode(text), let json = String(validating: bytes, as: UTF8.self),
            let parts = try? JSONParser.parse(json, maxDepth: 2, acceptsNUL: false).array, parts.count == 3,
            parts[0].string == order, let id = parts[2].string
        else { return nil }
        if let text = parts[1].string { return ListPosition(value: .text(text), id: id) }
        return parts[1].integer.map { ListPosition(value: .integer($0), id: id) }
    }
}

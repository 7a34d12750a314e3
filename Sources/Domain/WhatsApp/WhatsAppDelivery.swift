/// Reads the body of one webhook of the WhatsApp Business Cloud API (v23.0) into its items.
///
/// Nothing is dropped: what is not known becomes `.unsupported` or `.notice` and keeps its JSON, and what cannot be
/// read becomes `.broken` without harm to its neighbours.
package struct WhatsAppDelivery: Sendable, Equatable {
    /// In the order of the body.
    package let items: [WhatsAppItem]

    /// Throws `JSONParseError` for what is no JSON; U+0000, which no store holds, is read as U+FFFD.
    ///
    /// - Parameter receivedAt: The time of items that tell none.
    package init(body: [UInt8], receivedAt: Timestamp) throws(JSONParseError) {
        // Meta cuts long texts without care for surrogate pairs, which alone are no text.
        let repaired = SurrogateRepair.repaired(body)
        let result: Result<JSONValue, JSONParseError> = repaired.withUnsafeBytes { bytes in
            do throws(JSONParseError) {
                return .success(try JSONParser.parse(bytes: bytes, maxDepth: Self.maxDepth))
            } catch {
                return .failure(error)
            }
        }
        self.init(try result.get().replacingNUL, receivedAt: receivedAt)
    }

    /// A parsed body, as the body itself or as `WhatsAppItem.source`.
    package init(_ json: JSONValue, receivedAt: Timestamp) {
        guard let entries = json["entry"]?.array else {
            items = [WhatsAppItem(content: .broken("the delivery has no list of entries"), source: json)]
            return
        }
        items = entries.flatMap { entry -> [WhatsAppItem] in
            guard let changes = entry["changes"]?.array else {
                let source = WhatsAppSource(object: json["object"], account: entry["id"], field: nil)
                return [WhatsAppItem(content: .broken("the entry has no list of changes"), source: source.entry(entry))]
            }
            return changes.flatMap { change in
                WhatsAppChange(change, of: entry, in: json, receivedAt: receivedAt).items
            }
        }
    }

    /// Levels of arrays and objects; real deliveries have ten.
    static let maxDepth = 48
}

/// Makes deliveries of one item.
struct WhatsAppSource {
    let object: JSONValue?
    let account: JSONValue?
    let field: JSONValue?

    func entry(_ entry: JSONValue) -> JSONValue {
        .object(["object": object ?? .null, "entry": .array([entry])])
    }

    func value(_ value: JSONValue) -> JSONValue {
        let change = JSONValue.object(["field": field ?? .null, "value": value])
        return entry(.object(["id": account ?? .null, "changes": .array([change])]))
    }
}

extension JSONValue {
    fileprivate var replacingNUL: JSONValue {
        switch self {
        case .null, .bool, .integer, .number: self
        case .string(let text): .string(text.replacingNUL)
        case .array(let values): .array(values.map(\.replacingNUL))
        case .object(let members):
            .object(
                Dictionary(
                    members.map { ($0.key.replacingNUL, $0.value.replacingNUL) },
                    uniquingKeysWith: { first, _ in first }))
        }
    }
}

extension String {
    fileprivate var replacingNUL: String {
        utf8.contains(0) ? String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })) : self
    }
}

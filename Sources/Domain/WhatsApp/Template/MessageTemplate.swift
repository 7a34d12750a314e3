/// A message that the provider has approved beforehand: it may be sent at any time.
///
/// Source: WhatsApp Business Management API, "Message templates".
package struct MessageTemplate: Sendable, Equatable {
    package let name: String
    /// `ar`, `en_US`
    package let language: String
    /// `UTILITY`, `MARKETING` or `AUTHENTICATION`
    package let category: String
    /// With `{{1}}` or `{{name}}` where something varies; empty when there is none.
    package let body: String
    /// What varies in the body, in the order of `params.body`.
    package let parameters: [String]

    package init(name: String, language: String, category: String, body: String) {
        self.name = name
        self.language = language
        self.category = category
        self.body = body
        parameters = Self.parameters(of: body)
    }

    /// Reads an entry of the provider's list; nil for one that may not be sent now.
    package init?(provider json: JSONValue) {
        guard json["status"]?.string == "APPROVED", let name = json["name"]?.string,
            let language = json["language"]?.string
        else { return nil }
        let body = (json["components"]?.array ?? []).first { $0["type"]?.string?.uppercased() == "BODY" }
        self.init(
            name: name, language: language, category: json["category"]?.string ?? "",
            body: body?["text"]?.string ?? "")
    }

    package var json: JSONValue {
        [
            "name": .string(name), "language": .string(language), "category": .string(category),
            "body": .string(body), "parameters": .array(parameters.map { .string($0) }),
        ]
    }

    private static func parameters(of body: String) -> [String] {
        var names: [String] = []
        for part in body.split(separator: "{{", omittingEmptySubsequences: false).dropFirst() {
            guard let end = part.firstRange(of: "}}") else { continue }
            let name = part[..<end.lowerBound].filter { !$0.isWhitespace }
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        return names
    }
}

/// Arguments under the names that a tool declares.
enum CallArguments {
    /// Gives arguments that the schema does not know to strings that it declares, and fills what it requires.
    static func fit(_ arguments: JSON, to schema: JSON?, user: String) -> JSON {
        let declared = schema?["properties"]?.object ?? [:]
        let required = (schema?["required"]?.array ?? []).compactMap(\.string)
        var fitted: [String: JSON] = [:]
        var strangers: [JSON] = []
        for (name, value) in (arguments.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            if declared[name] == nil { strangers.append(value) } else { fitted[name] = value }
        }
        let order = required + declared.keys.sorted().filter { !required.contains($0) }
        for name in order where fitted[name] == nil && !strangers.isEmpty && takesText(declared[name]) {
            fitted[name] = strangers.removeFirst()
        }
        for name in required where fitted[name] == nil {
            fitted[name] = value(of: declared[name], user: user)
        }
        return .object(fitted)
    }

    private static func takesText(_ schema: JSON?) -> Bool {
        types(schema).contains("string") && schema?["enum"] == nil
    }

    private static func types(_ schema: JSON?) -> [String] {
        schema?["type"]?.array?.compactMap(\.string) ?? [schema?["type"]?.string ?? "string"]
    }

    /// Something that the schema allows.
    private static func value(of schema: JSON?, user: String) -> JSON {
        if let first = schema?["enum"]?.array?.first { return first }
        switch types(schema).first {
        case "integer"?, "number"?: return schema?["minimum"] ?? 1
        case "boolean"?: return true
        case "array"?: return []
        case "object"?: return fit([:], to: schema, user: user)
        case "null"?: return .null
        default: return .string(user)
        }
    }
}

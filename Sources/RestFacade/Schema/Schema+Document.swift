import Domain

/// Schemas as OpenAPI 3.1 writes them (JSON Schema 2020-12).
extension Schema {
    /// Named objects are put into `components` and referred to.
    func document(_ components: inout [String: JSONValue]) -> JSONValue {
        switch self {
        case .text(let rule):
            var document: [String: JSONValue] = [
                "type": .string("string"),
                "minLength": .integer(Int64(rule.length.lowerBound)),
                "maxLength": .integer(Int64(rule.length.upperBound)),
            ]
            document["pattern"] = rule.pattern.map(JSONValue.string)
            document["format"] = rule.format.map(JSONValue.string)
            return .object(document)
        case .anyText:
            return ["type": "string"]
        case .integer(let range):
            return .object([
                "type": .string("integer"),
                "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ])
        case .boolean:
            return .object(["type": .string("boolean")])
        case .choice(let accepted):
            return .object(["type": .string("string"), "enum": .array(accepted.map(JSONValue.string))])
        case .list(let element, let count):
            return .object([
                "type": .string("array"),
                "items": element.document(&components),
                "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ])
        case .object(let object):
            return object.reference(&components)
        case .map(let element, let count):
            return .object([
                "type": .string("object"),
                "propertyNames": Schema.line(Schema.maxNameLength).document(&components),
                "additionalProperties": element.document(&components),
                "minProperties": .integer(Int64(count.lowerBound)),
                "maxProperties": .integer(Int64(count.upperBound)),
            ])
        case .anyObject:
            return .object(["type": .string("object")])
        case .any:
            return .object([:])
        case .nullable(let schema):
            return .object(["anyOf": .array([schema.document(&components), .object(["type": .string("null")])])])
        }
    }
}

extension ObjectSchema {
    fileprivate func reference(_ components: inout [String: JSONValue]) -> JSONValue {
        guard let name else { return document(&components) }
        if components[name] == nil {
            // Held free while its members are written, so that it may refer to itself.
            components[name] = .null
            components[name] = document(&components)
        }
        return .object(["$ref": .string("#/components/schemas/\(name)")])
    }

    private func document(_ components: inout [String: JSONValue]) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        for member in members {
            var document = member.schema.document(&components).object ?? [:]
            if !member.note.isEmpty { document["description"] = .string(member.note) }
            properties[member.name] = .object(document)
        }
        return .object([
            "type": .string("object"),
            "properties": .object(properties),
            "required": .array(members.filter(\.isRequired).map { .string($0.name) }),
            "additionalProperties": .bool(isOpen),
        ])
    }
}

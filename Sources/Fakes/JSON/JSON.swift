import Foundation

/// A JSON value. Members keep no order.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    /// A number of either kind.
    var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .bool, .string, .array, .object: nil
        }
    }

    var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    var array: [JSON]? {
        guard case .array(let items) = self else { return nil }
        return items
    }

    var object: [String: JSON]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// An object without the members that are nil.
    static func members(_ members: [String: JSON?]) -> JSON {
        .object(members.compactMapValues(\.self))
    }
}

extension JSON: Decodable {
    /// Throws `DecodingError` for what is no JSON.
    static func parse(_ bytes: Data) throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: bytes)
    }

    init(from decoder: any Decoder) throws {
        let place = try decoder.singleValueContainer()
        if place.decodeNil() {
            self = .null
        } else if let value = try? place.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? place.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? place.decode(Double.self) {
            self = .number(value)
        } else if let value = try? place.decode(String.self) {
            self = .string(value)
        } else if let value = try? place.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try place.decode([String: JSON].self))
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Dictionary(uniqueKeysWithValues: elements)) }
}

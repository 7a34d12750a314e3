/// A JSON document as a value.
///
/// Numbers keep integers apart from fractions, because sequence numbers must never pass through a `Double`.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    package static func optional(_ integer: Int64?) -> JSONValue { integer.map(JSONValue.integer) ?? .null }

    package static func optional(_ moment: Timestamp?) -> JSONValue { .optional(moment?.rfc3339) }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// `1` and `1.0` are the same number to JSON (RFC 8259 section 6).
    package var wholeNumber: Int64? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int64(exactly: number)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var object: [String: JSONValue]? {
        if case .object(let value) = self { value } else { nil }
    }

    package var isNull: Bool { self == .null }

    /// The member of an object; nil when this is no object, the key is absent or its value is null.
    package subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self, let member = members[key], !member.isNull else { return nil }
        return member
    }
}

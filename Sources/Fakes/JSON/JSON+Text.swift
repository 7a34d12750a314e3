extension JSON {
    /// Compact, in UTF-8 as most servers write it; members are in the order of their names.
    var text: String {
        var text = ""
        write(into: &text, isASCII: false)
        return text
    }

    /// As Meta writes it: whatever is not ASCII is escaped as UTF-16 in lower-case hex. A receiver that parses and
    /// writes it again before it checks the signature gets other bytes.
    var escaped: String {
        var text = ""
        write(into: &text, isASCII: true)
        return text
    }

    private func write(into text: inout String, isASCII: Bool) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += value.isFinite ? String(value) : "null"
        case .string(let value): Self.quote(value, into: &text, isASCII: isASCII)
        case .array(let items):
            text += "["
            for (place, item) in items.enumerated() {
                if place > 0 { text += "," }
                item.write(into: &text, isASCII: isASCII)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (place, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if place > 0 { text += "," }
                Self.quote(member.key, into: &text, isASCII: isASCII)
                text += ":"
                member.value.write(into: &text, isASCII: isASCII)
            }
            text += "}"
        }
    }

    private static func quote(_ value: String, into text: inout String, isASCII: Bool) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar.value {
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(scalar)
            case 0x80... where !isASCII: text.unicodeScalars.append(scalar)
            default:
                for unit in String(scalar).utf16 {
                    let hex = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                }
            }
        }
        text += "\""
    }
}

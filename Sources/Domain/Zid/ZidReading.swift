/// How Zid writes what others write in one way.
enum ZidReading {
    /// Ids are UUIDs or numbers; both are texts to us.
    static func id(_ json: JSONValue?) -> String? {
        let text = json?.string?.trimmed ?? json?.wholeNumber.map(String.init)
        return text.flatMap { isID($0) ? $0 : nil }
    }

    /// What can stand in an address and in a name of ours.
    static func isID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// A text that says something, cut to what we keep.
    static func text(_ json: JSONValue?, maxLength: Int = 500) -> String? {
        guard let text = json?.string?.trimmed, !text.isEmpty, !text.utf8.contains(0) else { return nil }
        return String(text.prefix(maxLength))
    }

    /// `true`, `1` and `"1"` are the same.
    static func flag(_ json: JSONValue?) -> Bool? {
        switch json {
        case .bool(let flag): flag
        case .integer(let number): number != 0
        case .string(let text): ["1", "true"].contains(text.lowercased())
        case .null, .number, .array, .object, nil: nil
        }
    }

    static func currency(_ json: JSONValue?) -> Currency? {
        (json?["code"]?.string ?? json?.string).flatMap { Currency($0.trimmed.uppercased()) }
    }

    /// RFC 3339, or `2024-12-05 12:27:15`, which is meant in UTC.
    static func moment(_ json: JSONValue?) -> Timestamp? {
        guard let text = json?.string?.trimmed else { return nil }
        if let moment = Timestamp(rfc3339: text) { return moment }
        guard text.utf8.count == 19 else { return nil }
        return Timestamp(rfc3339: text.replacing(" ", with: "T") + "Z")
    }
}

/// A name in one language or in two: a text, or `{"ar", "en"}`.
package struct ZidName: Sendable, Equatable {
    package let ar: String
    package let en: String?

    /// Nil when nothing is said.
    package init?(_ json: JSONValue?) {
        let ar = ZidReading.text(json?["ar"])
        let en = ZidReading.text(json?["en"])
        guard let name = ZidReading.text(json) ?? ar ?? en else { return nil }
        self.ar = name
        self.en = en
    }
}

/// Whether a file is shown or saved, and under which name (RFC 6266).
struct ContentDisposition: Sendable, Equatable {
    /// The value of the header: the name once in ASCII for old clients, once as it is (RFC 8187).
    let value: String

    init(isInline: Bool, name: String) {
        value =
            "\(isInline ? "inline" : "attachment"); filename=\"\(Self.plain(name))\"; "
            + "filename*=UTF-8''\(Self.extended(name))"
    }

    /// What is no harmless character of ASCII becomes `_`.
    private static func plain(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.unicodeScalars.map { scalar in
                    let isPlain = (0x20...0x7E).contains(scalar.value) && !"\"\\%".unicodeScalars.contains(scalar)
                    return isPlain ? scalar : "_"
                }
            )
        )
    }

    /// `value-chars` of RFC 8187 section 3.2.1.
    private static func extended(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "+"),
                UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                text += byte < 16 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return text
    }
}

/// Puts U+FFFD in place of escaped surrogates that have lost their other half, which strict JSON refuses.
enum SurrogateRepair {
    static func repaired(_ body: [UInt8]) -> [UInt8] {
        var result = body
        var index = 0
        while index < body.count {
            guard body[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            guard let unit = unit(at: index, in: body) else {
                // Another escape, or a broken one: its second byte escapes nothing.
                index += 2
                continue
            }
            switch unit {
            case 0xD800...0xDBFF:
                if let next = Self.unit(at: index + 6, in: body), (0xDC00...0xDFFF).contains(next) {
                    index += 12
                    continue
                }
                result.replaceSubrange(index..<index + 6, with: replacement)
            case 0xDC00...0xDFFF:
                result.replaceSubrange(index..<index + 6, with: replacement)
            default:
                break
            }
            index += 6
        }
        return result
    }

    private static let replacement = Array("\\ufffd".utf8)

    /// The code unit of the escape `\uXXXX` at `index`, if there is one.
    private static func unit(at index: Int, in body: [UInt8]) -> UInt16? {
        guard index + 6 <= body.count, body[index] == UInt8(ascii: "\\"), body[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return UInt16(String(decoding: body[index + 2..<index + 6], as: UTF8.self), radix: 16)
    }
}

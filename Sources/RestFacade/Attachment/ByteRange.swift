/// The bytes of a file that a client asked for; never empty, and inside the file.
struct ByteRange: Sendable, Equatable {
    let first: Int64
    /// Included.
    let last: Int64

    var count: Int64 { last - first + 1 }

    /// The value of `Content-Range` (RFC 9110 section 14.4).
    func contentRange(ofSize size: Int64) -> String { "bytes \(first)-\(last)/\(size)" }
}

/// What a `Range` header asks for (RFC 9110 section 14.2).
enum RangeRequest: Sendable, Equatable {
    /// No range, one that cannot be read, or several at once: the whole file is the allowed answer to all of them.
    case whole
    case part(ByteRange)
    /// Begins behind the end: 416.
    case unsatisfiable

    /// - Parameter size: Of the file, in bytes.
    init(_ header: String?, size: Int64) {
        guard let header, let (first, last) = Self.bounds(in: header) else {
            self = .whole
            return
        }
        switch (first, last) {
        case (let first?, let last?) where first > last:
            self = .whole
        case (let first?, let last):
            self =
                first < size
                ? .part(ByteRange(first: first, last: min(last ?? size - 1, size - 1))) : .unsatisfiable
        case (nil, let count?):
            self =
                count > 0 && size > 0 ? .part(ByteRange(first: max(0, size - count), last: size - 1)) : .unsatisfiable
        case (nil, nil):
            self = .whole
        }
    }

    /// The two numbers around the `-` of a single range; nil when the header holds anything else.
    private static func bounds(in header: String) -> (first: Int64?, last: Int64?)? {
        let parts = header.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, String(parts[0])?.lowercased() == "bytes" else { return nil }
        let spaces: [UInt8] = [0x20, 0x09]
        let bounds = parts[1].drop { spaces.contains($0) }
            .split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        guard bounds.count == 2 else { return nil }
        let last = bounds[1].reversed().drop { spaces.contains($0) }.reversed()
        guard let first = number(bounds[0]), let last = number(last) else { return nil }
        return (first, last)
    }

    /// `.some(nil)` for no digits, nil for anything that is no digit; what no file can have is the greatest number.
    private static func number(_ digits: some Collection<UInt8>) -> Int64?? {
        guard !digits.isEmpty else { return .some(nil) }
        var value: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
            value = overflowed || carried ? .max : sum
        }
        return value
    }
}

import Foundation

/// The parts of a `multipart/form-data` body (RFC 7578), read all at once.
struct MultipartForm {
    private var parts: [String: [UInt8]] = [:]

    /// Nil for what is no such form.
    init?(type: String, body: [UInt8]) {
        guard let mark = type.range(of: "boundary=") else { return nil }
        let boundary = type[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        let line = Array("--\(boundary)".utf8)
        var rest = body[...]
        guard let first = rest.range(of: line) else { return nil }
        rest = rest[first.upperBound...]
        // What stands between two boundaries ends in a line break of its own.
        while let next = rest.range(of: [13, 10] + line) {
            add(rest[..<next.lowerBound])
            rest = rest[next.upperBound...]
        }
        guard !parts.isEmpty else { return nil }
    }

    private mutating func add(_ part: ArraySlice<UInt8>) {
        guard let gap = part.range(of: [13, 10, 13, 10]) else { return }
        let head = String(decoding: part[..<gap.lowerBound], as: UTF8.self)
        guard let mark = head.range(of: " name=\"") else { return }
        parts[String(head[mark.upperBound...].prefix { $0 != "\"" })] = Array(part[gap.upperBound...])
    }

    func bytes(_ name: String) -> [UInt8]? { parts[name] }

    func text(_ name: String) -> String? { parts[name].map { String(decoding: $0, as: UTF8.self) } }
}

extension ArraySlice<UInt8> {
    fileprivate func range(of pattern: [UInt8]) -> Range<Int>? {
        guard count >= pattern.count else { return nil }
        return (startIndex...(endIndex - pattern.count)).first {
            self[$0..<($0 + pattern.count)].elementsEqual(pattern)
        }
        .map { $0..<($0 + pattern.count) }
    }
}

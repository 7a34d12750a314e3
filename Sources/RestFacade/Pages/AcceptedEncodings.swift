/// What a client says that it can unpack (RFC 9110 section 12.5.3).
struct AcceptedEncodings {
    /// Whether gzip may be sent. A client that says nothing gets the plain bytes: it may be a program that does not look.
    let takesGzip: Bool

    init(_ headers: [String]) {
        var weights: [String: Double] = [:]
        for element in headers.flatMap({ $0.lowercased().split(separator: ",") }) {
            let parts = element.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let name = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
            weights[name] = weight ?? 1
        }
        takesGzip = (weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0) > 0
    }
}

/// What the doctor says of one thing: a line with ✓ or ✗, and what to do.
struct Finding: Equatable {
    let isGood: Bool
    let text: String

    static func good(_ text: String) -> Finding { Finding(isGood: true, text: text) }

    /// - Parameter advice: What to do about it.
    static func bad(_ text: String, advice: String) -> Finding {
        Finding(isGood: false, text: "\(text). \(advice)")
    }

    var line: String { "\(isGood ? "✓" : "✗") \(text)" }
}

/// How long a server asks to wait.
package enum RetryAfter {
    /// Nobody waits longer than this, whatever a server says.
    private static let longest = Duration.seconds(86_400)

    /// Nil when the server says nothing that can be understood.
    ///
    /// - Parameters:
    ///   - milliseconds: Of `retry-after-ms`, which comes first.
    ///   - value: Of `Retry-After` (RFC 9110 section 10.2.3): seconds, also with a fraction, or a date.
    package static func pause(milliseconds: String? = nil, _ value: String?, at now: Timestamp) -> Duration? {
        if let count = milliseconds.flatMap(number) { return bounded(count / 1000) }
        guard let value else { return nil }
        if let count = number(value) { return bounded(count) }
        return date(value).map { min(max(.zero, $0 - now), longest) }
    }

    private static func number(_ text: String) -> Double? {
        guard let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private static func bounded(_ seconds: Double) -> Duration {
        .milliseconds(Int64(min(max(0, seconds), Double(longest.components.seconds)) * 1000))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`: the only form that servers may write.
    private static func date(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(rfc3339: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

/// A message as Twilio lists it.
package struct TwilioSent: Sendable, Equatable {
    package let sid: String
    package let to: String
    package let body: String
    package let isOurs: Bool
    package let createdAt: Timestamp

    /// Nil for what is none.
    package init?(json: JSONValue) {
        guard let sid = json["sid"]?.string, !sid.isEmpty, let to = json["to"]?.string,
            let date = json["date_created"]?.string, let createdAt = Self.moment(date)
        else { return nil }
        self.sid = sid
        self.to = to
        self.createdAt = createdAt
        body = json["body"]?.string ?? ""
        isOurs = json["direction"]?.string?.hasPrefix("outbound") ?? false
    }

    /// `Thu, 24 Aug 2023 05:01:45 +0000` (RFC 2822 section 3.3).
    static func moment(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, let month = months.firstIndex(of: String(words[2])) else { return nil }
        let (day, zone) = (words[1], words[5])
        guard (1...2).contains(day.count), zone.count == 5 else { return nil }
        let offset = "\(zone.prefix(3)):\(zone.suffix(2))"
        let date = "\(words[3])-\(twoDigits(month + 1))-\(day.count == 1 ? "0" : "")\(day)"
        return Timestamp(rfc3339: "\(date)T\(words[4])\(offset)")
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

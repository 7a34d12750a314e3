/// An appointment that the hub writes into a calendar.
package struct CalendarBooking: Sendable, Equatable {
    /// Ours, so that writing it twice writes it once.
    package let id: CalendarEventID
    package let summary: String
    package let details: String
    package let start: Timestamp
    package let end: Timestamp
    /// In the IANA database: `Asia/Riyadh`.
    package let timeZone: String
    package let attendees: [EmailAddress]

    /// Throws `bad_request` for a booking that ends before it begins, or without words.
    package init(
        id: CalendarEventID,
        summary: String,
        details: String = "",
        start: Timestamp,
        end: Timestamp,
        timeZone: String = "Asia/Riyadh",
        attendees: [EmailAddress] = []
    ) throws(HubError) {
        guard start < end else { throw .badRequest("an appointment ends after it begins") }
        guard !summary.isEmpty, summary.count <= Self.maxTitle else { throw .badRequest("an appointment has a title") }
        self.id = id
        self.summary = summary
        self.details = String(details.prefix(Self.maxDetails))
        self.start = start
        self.end = end
        self.timeZone = timeZone
        self.attendees = attendees
    }

    /// Of a length that is none of the caller's; a title that is too long is cut.
    init(id: CalendarEventID, title: String, details: String, start: Timestamp, length: Duration) {
        self.id = id
        summary = String(title.prefix(Self.maxTitle))
        self.details = String(details.prefix(Self.maxDetails))
        self.start = start
        end = start + length
        timeZone = "Asia/Riyadh"
        attendees = []
    }

    private static let maxTitle = 1024
    private static let maxDetails = 8192

    package var json: JSONValue {
        var event: [String: JSONValue] = [
            "id": .string(id.text), "status": "confirmed", "summary": .string(summary), "description": .string(details),
            "start": ["dateTime": .string(start.rfc3339), "timeZone": .string(timeZone)],
            "end": ["dateTime": .string(end.rfc3339), "timeZone": .string(timeZone)],
        ]
        if !attendees.isEmpty {
            event["attendees"] = .array(attendees.map { .object(["email": .string($0.text)]) })
        }
        return .object(event)
    }
}

/// The id of an event that we choose: `a`–`v` and digits, 5 to 1,024 of them.
package struct CalendarEventID: Sendable, Hashable {
    package let text: String

    /// Of a name of ours: each half byte is one digit, so that different names give different ids.
    package init(naming name: String) {
        text =
            "hubevent"
            + name.utf8.prefix(500).map { byte in
                String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }.joined()
    }
}

/// An event as the calendar lists it.
package struct CalendarEvent: Sendable, Equatable {
    package let id: String
    package let summary: String
    /// Nil for a whole day.
    package let start: Timestamp?
    /// The moment behind its last; nil for a whole day.
    package let end: Timestamp?
    /// `2026-11-21`, of an event that takes whole days.
    package let startDate: String?
    /// The day behind its last.
    package let endDate: String?
    package let isCancelled: Bool
    package let link: String?

    /// Nil for what is no event.
    package init?(json: JSONValue) {
        guard let id = json["id"]?.string else { return nil }
        self.id = id
        summary = json["summary"]?.string ?? ""
        start = json["start"]?["dateTime"]?.string.flatMap(Timestamp.init(rfc3339:))
        end = json["end"]?["dateTime"]?.string.flatMap(Timestamp.init(rfc3339:))
        startDate = json["start"]?["date"]?.string
        endDate = json["end"]?["date"]?.string
        isCancelled = json["status"]?.string == "cancelled"
        link = json["htmlLink"]?.string
    }
}

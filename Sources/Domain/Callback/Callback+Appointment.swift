extension Callback {
    /// How long a call is shown to take.
    private static let length: Duration = .seconds(15 * 60)

    /// As a calendar shows it; nil when it is called off.
    ///
    /// Its id is made of the call-back's, so that writing it twice writes it once.
    package var appointment: CalendarBooking? {
        guard state != .cancelled else { return nil }
        return CalendarBooking(
            id: calendarEvent,
            title: "معاودة اتصال: \(name ?? phone)",
            details: [phone, topic].compactMap(\.self).joined(separator: "\n"),
            start: dueAt,
            length: Self.length
        )
    }

    package var calendarEvent: CalendarEventID { CalendarEventID(naming: id.text) }
}

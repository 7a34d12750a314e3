/// Where one request counts: its day, month, conversation and customer.
package struct SpendingPlaces: Sendable, Equatable {
    package let purpose: ModelPurpose?
    package let day: String
    package let month: String
    package let hour: Int64
    /// The conversation and its case, as routing counts them.
    package let conversation: (room: RoomID, number: Int64)?
    package let customer: String?

    package init(
        purpose: ModelPurpose?,
        day: String,
        month: String,
        hour: Int64,
        conversation: (room: RoomID, number: Int64)?,
        customer: String?
    ) {
        self.purpose = purpose
        self.day = day
        self.month = month
        self.hour = hour
        self.conversation = conversation
        self.customer = customer
    }

    /// Where budgets look.
    package var keys: [Budget.Span: SpendingKey] {
        var keys: [Budget.Span: SpendingKey] = [.day: .day(day), .month: .month(month)]
        if let conversation {
            keys[.conversation] = SpendingKey(scope: conversation.room.text, period: "c\(conversation.number)")
        }
        if let customer {
            keys[.customerHour] = SpendingKey(scope: customer, period: "h\(hour)")
            keys[.customerDay] = SpendingKey(scope: customer, period: "d\(day)")
        }
        return keys
    }

    /// All sums that it is part of.
    package var allKeys: [SpendingKey] {
        let byPurpose = purpose.map { SpendingKey(scope: SpendingKey.scope(of: $0), period: "d\(day)") }
        return Array(keys.values) + [byPurpose].compactMap { $0 }
    }

    package static func == (left: SpendingPlaces, right: SpendingPlaces) -> Bool {
        left.purpose == right.purpose && left.keys == right.keys
    }
}

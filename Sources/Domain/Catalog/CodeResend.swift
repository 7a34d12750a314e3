/// Codes that go once more to the customer who owns them, with a message.
package struct CodeResend: Sendable {
    package let codes: [CodeID]
    package let room: RoomID
    /// Holds their texts; has the same name whenever the same sending is tried.
    package let message: Draft
    /// Sendings in this conversation within `period`; one more is refused.
    package let maxSendings: Int
    package let period: Duration

    package init(codes: [CodeID], room: RoomID, message: Draft, maxSendings: Int, period: Duration) {
        self.codes = codes
        self.room = room
        self.message = message
        self.maxSendings = maxSendings
        self.period = period
    }
}

/// Codes that paid orders are owed.
///
/// Who takes an order up has it for a lease. All that is decided about its codes is decided under the lock of the
/// order's row, so each debt is paid once and none is paid after the order was canceled.
package protocol OrderDeliveryStore: Sendable {
    /// Takes up orders with codes that are due, those that were paid first.
    func claim(limit: Int, at moment: Timestamp, lease: Duration) async throws -> [OwedOrder]

    /// Puts an order off.
    func postpone(_ order: OrderID, until due: Timestamp, because reason: DeliveryWait?) async throws

    /// How the customer can be reached: what the order says of them, and what is known of such people here.
    ///
    /// - Parameter number: Our number at WhatsApp, by its id there; nil without WhatsApp.
    func reach(_ owed: OwedOrder, at number: String?, now: Timestamp) async throws -> KnownReach

    /// The conversation of an order whose customer has none of their own: made when it is asked for first.
    func conversation(of owed: OwedOrder, _ fresh: NewVisitor) async throws -> RoomID

    /// Sells reserved codes and appends the message that holds them, with the mail that takes them along, in one
    /// transaction. Throws `conflict` when a code is reserved no more, and what the log refuses.
    func deliver(_ delivery: CodeDelivery, _ writing: Writing<CodeDelivered>) async throws -> CodeDelivered

    func standing() async throws -> DeliveryStanding
}

/// Conversations in which a customer is.
package struct KnownReach: Sendable, Equatable {
    /// On WhatsApp, and until when they may be written to freely.
    package let whatsApp: RoomID?
    package let window: ServiceWindow
    package let chat: RoomID?

    package init(whatsApp: RoomID?, window: ServiceWindow, chat: RoomID?) {
        self.whatsApp = whatsApp
        self.window = window
        self.chat = chat
    }
}

/// How many orders wait for what.
package struct DeliveryStanding: Sendable, Equatable {
    package let owed: Int64
    package let notEnough: Int64
    package let nobody: Int64

    package init(owed: Int64, notEnough: Int64, nobody: Int64) {
        self.owed = owed
        self.notEnough = notEnough
        self.nobody = nobody
    }
}

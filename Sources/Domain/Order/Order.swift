/// What a customer ordered of the shop.
///
/// What was ordered stays as it was; an order moves on, is paid, and is tied to whoever ordered.
package struct Order: Versioned, Sendable, Equatable {
    package static let maxItems = 200
    package static let maxTotal: Int64 = 1_000_000_000_000

    package let id: OrderID
    /// Rises with every change of the order itself; what happens to its codes leaves it alone.
    package var version: Int64
    /// The shop's own number, by which its codes name it too; unique, whatever its spelling.
    package let number: String
    package let source: OrderSource
    /// The order's id where it was made; unique within its source.
    package let externalID: String?
    package var contact: ContactID?
    /// With whoever ordered, when it is known.
    package var conversation: RoomID?
    package let items: [OrderItem]
    /// In the minor unit of `currency`, with all that is not in the items: shipping, taxes, discounts.
    package let total: Int64
    package let currency: Currency
    package private(set) var state: OrderState
    package private(set) var payment: OrderPayment
    /// Counted by the store.
    package var codes = OrderCodes.none
    package let placedAt: Timestamp
    package private(set) var paidAt: Timestamp?
    package private(set) var deliveredAt: Timestamp?
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// - Parameters:
    ///   - total: Nil for the sum of the items.
    ///   - placedAt: When the customer ordered; nil for now.
    ///
    /// Throws `invalid`.
    package init(
        id: OrderID,
        number: String,
        source: OrderSource,
        externalID: String?,
        items: [OrderItem],
        total: Int64?,
        currency: Currency,
        placedAt: Timestamp?,
        at moment: Timestamp
    ) throws(HubError) {
        let total = total ?? items.reduce(0) { $0 + $1.quantity * $1.unitPrice }
        guard (0...Self.maxTotal).contains(total) else {
            throw .invalid([FieldProblem("/items", "conflict", "come to more than \(Self.maxTotal)")])
        }
        self.init(
            stored: id, number: number, source: source, externalID: externalID, items: items, total: total,
            currency: currency, state: .new, payment: .unpaid,
            times: Times(placed: placedAt ?? moment, paid: nil, delivered: nil), createdAt: moment)
    }

    /// When the customer did what, and when they got it.
    package struct Times: Sendable {
        package let placed: Timestamp
        package let paid: Timestamp?
        package let delivered: Timestamp?

        package init(placed: Timestamp, paid: Timestamp?, delivered: Timestamp?) {
            self.placed = placed
            self.paid = paid
            self.delivered = delivered
        }
    }

    /// As it was stored.
    package init(
        stored id: OrderID,
        number: String,
        source: OrderSource,
        externalID: String?,
        items: [OrderItem],
        total: Int64,
        currency: Currency,
        state: OrderState,
        payment: OrderPayment,
        times: Times,
        createdAt: Timestamp
    ) {
        self.id = id
        version = 1
        self.number = number
        self.source = source
        self.externalID = externalID
        self.items = items
        self.total = total
        self.currency = currency
        self.state = state
        self.payment = payment
        placedAt = times.placed
        paidAt = times.paid
        deliveredAt = times.delivered
        self.createdAt = createdAt
        changedAt = createdAt
    }

    /// Throws `conflict` for a step that is none. A refunded order is paid back.
    package mutating func move(to next: OrderState, at moment: Timestamp) throws(HubError) {
        guard next != state else { return }
        guard state.next.contains(next) else { throw Self.noStep(state, state.next) }
        switch next {
        case .refunded:
            guard payment != .unpaid else { throw .conflict("nothing was paid for this order: cancel it") }
            payment = .refunded
        case .delivered:
            deliveredAt = moment
        case .new, .preparing, .ready, .inDelivery, .canceled:
            break
        }
        state = next
    }

    /// Throws `conflict` for a step that is none.
    package mutating func pay(_ next: OrderPayment, at moment: Timestamp) throws(HubError) {
        guard next != payment else { return }
        guard payment.next.contains(next) else { throw Self.noStep(payment, payment.next) }
        if next == .paid { paidAt = moment }
        payment = next
    }

    private static func noStep<State: RawRepresentable<String>>(_ state: State, _ next: [State]) -> HubError {
        let choices = next.map(\.rawValue).joined(separator: ", ")
        return .conflict(
            "an order that is \(state.rawValue) can become: \(choices.isEmpty ? "nothing else" : choices)")
    }

    /// What tells one number from another: `#A-١٠` is `a 10`.
    package static func key(of number: String) -> String {
        let folded = SearchText.fold(number)
        return folded.isEmpty ? number : folded
    }

    /// What a search finds it by.
    package var searchText: String {
        ([number, externalID] + items.flatMap { [$0.name, $0.sku] }).compactMap(\.self).joined(separator: " ")
    }
}

import HubTestKit
import Testing

@testable import Domain

@Suite struct OrderTests {
    private static func item(_ quantity: Int64, _ price: Int64) -> OrderItem {
        OrderItem(product: nil, name: "بطاقة", sku: "S", quantity: quantity, unitPrice: price)
    }

    private static func order(_ items: [OrderItem], total: Int64? = nil) throws(HubError) -> Order {
        try Order(
            id: .sample(1), number: "A-100", source: .manual, externalID: nil, items: items, total: total,
            currency: .riyal, placedAt: nil, at: Samples.start)
    }

    private static func stored(_ state: OrderState, _ payment: OrderPayment = .paid) -> Order {
        Order(
            stored: .sample(1), number: "1", source: .zid, externalID: "9", items: [], total: 0, currency: .riyal,
            state: state, payment: payment, times: .init(placed: Samples.start, paid: nil, delivered: nil),
            createdAt: Samples.start)
    }

    @Test(arguments: OrderState.allCases, OrderState.allCases)
    func itMovesAsTheTableSays(_ state: OrderState, _ next: OrderState) {
        var order = Self.stored(state)
        let later = Samples.start + .seconds(1)
        do {
            try order.move(to: next, at: later)
            #expect((state == next || state.next.contains(next)) && order.state == next)
            if state != next { #expect(order.deliveredAt == (next == .delivered ? later : nil)) }
            if state != next { #expect(order.payment == (next == .refunded ? .refunded : .paid)) }
        } catch {
            #expect(!state.next.contains(next) && error.code == .conflict && order == Self.stored(state))
        }
    }

    @Test func onlyWhatWasPaidIsPaidBack() throws {
        var order = Self.stored(.canceled, .unpaid)
        #expect(throws: HubError.self) { try order.move(to: .refunded, at: Samples.start) }
        #expect(throws: HubError.self) { try order.pay(.refunded, at: Samples.start) }
        try order.pay(.paid, at: Samples.start + .seconds(5))
        #expect(order.paidAt == Samples.start + .seconds(5))
        try order.pay(.refunded, at: Samples.start)
        #expect(throws: HubError.self) { try order.pay(.paid, at: Samples.start) }
    }

    @Test func aTotalThatIsNotSaidIsTheSum() throws {
        #expect(try Self.order([Self.item(2, 4950), Self.item(1, 100)]).total == 10_000)
        #expect(try Self.order([Self.item(2, 4950)], total: 9000).total == 9000)
        #expect(throws: HubError.self) { try Self.order([Self.item(10_000, 1_000_000_000_000)]) }
    }

    @Test func numbersAreKnownHoweverTheyAreSpelt() {
        #expect(Order.key(of: "#A-١٠٠") == Order.key(of: "a 100") && Order.key(of: "##") == "##")
    }

    @Test func theAuditLogKnowsNothingOfItsCodes() throws {
        var order = try Self.order([Self.item(1, 1)])
        let old = order
        order.codes = OrderCodes(wanted: 2, reserved: 0, delivered: 1, waitsFor: .notEnough)
        #expect(order.trace["codes"] == nil && order.document["codes"]?["delivered"] == 1)
        #expect(order.document["codes"]?["waits_for"] == "not_enough")
        #expect(order.trace == old.trace)
    }
}

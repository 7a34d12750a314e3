import Testing

@testable import Domain

@Suite struct ZidOrderPlanTests {
    private static let now = Timestamp(milliseconds: 1_000_000)
    private static let card = ProductID.make(at: now)
    private static let book = ProductID.make(at: now)
    private static let products = [
        ZidOrderPlan.Known(id: card, zidID: "par-1", sku: "C-1", isSoldAsCodes: true),
        ZidOrderPlan.Known(id: book, zidID: nil, sku: "B-1", isSoldAsCodes: false),
    ]

    private static func zid(_ status: String, _ payment: String = "pending", quantity: Int = 2) throws -> ZidOrder {
        try #require(
            ZidOrder(
                ZidReadingTests.json(
                    """
                    {"id":7,"order_status":{"code":"\(status)"},"payment_status":"\(payment)","currency_code":"SAR",
                     "products":[{"id":"var","parent_id":"par-1","name":"Card","quantity":\(quantity),"price":10},
                                 {"id":"other","sku":"B-1","name":"Book","quantity":1,"price":5},
                                 {"id":"who","name":"Unknown","quantity":1,"price":1}]}
                    """)))
    }

    private static func order(_ status: String, _ payment: String = "pending", quantity: Int = 2) throws -> Order {
        try ZidOrderPlan.order(
            zid(status, payment, quantity: quantity), id: .make(at: now), number: "7", among: products, at: now)
    }

    @Test func itemsAreOursWhereWeKnowThem() throws {
        let order = try Self.order("new")
        #expect(order.items.map(\.product) == [Self.card, Self.book, nil] && order.total == 2600)
        #expect(order.source == .zid && order.externalID == "7" && order.state == .new && order.payment == .unpaid)
    }

    @Test func anOrderNeverGoesBack() throws {
        var order = try Self.order("ready", "paid")
        try ZidOrderPlan.advance(&order, to: Self.zid("new"), at: Self.now)
        #expect(order.state == .ready && order.payment == .paid)
        try ZidOrderPlan.advance(&order, to: Self.zid("made-up-since", "paid"), at: Self.now)
        #expect(order.state == .ready)
        try ZidOrderPlan.advance(&order, to: Self.zid("canceled", "paid"), at: Self.now)
        try ZidOrderPlan.advance(&order, to: Self.zid("delivered", "paid"), at: Self.now)
        #expect(order.state == .canceled)
    }

    /// Whatever was missed, in whatever order it is told: it ends where Zid has it, and nothing throws.
    @Test func everyStateIsReachedFromEveryOther() throws {
        let states = ["new", "preparing", "ready", "inDelivery", "delivered", "canceled", "refunded"]
        for first in states {
            for next in states {
                for payment in ["pending", "paid", "refunded"] {
                    var order = try Self.order(first)
                    try ZidOrderPlan.advance(&order, to: Self.zid(next, payment), at: Self.now)
                    if next == "refunded" { #expect(order.state == .refunded && order.payment == .refunded) }
                    if payment == "refunded" { #expect(order.payment == .refunded) }
                    if payment == "refunded" || ["canceled", "refunded"].contains(next), first != "delivered" {
                        #expect(!order.isOwedCodes)
                    }
                }
            }
        }
    }

    @Test func onlyAPaidOrderThatStandsIsOwedCodes() throws {
        let all: Set = [Self.card]
        #expect(try CodeDebt.debts(of: Self.order("new"), soldAsCodes: all) == [])
        #expect(try CodeDebt.debts(of: Self.order("canceled", "paid"), soldAsCodes: all) == [])
        #expect(try CodeDebt.debts(of: Self.order("new", "refunded"), soldAsCodes: all) == [])
        #expect(try CodeDebt.debts(of: Self.order("delivered", "paid"), soldAsCodes: []) == [])
        let few = try CodeDebt.debts(of: Self.order("new", "paid"), soldAsCodes: all)
        #expect(few == [CodeDebt(place: 0, part: 0, product: Self.card, count: 2)])
        let many = try CodeDebt.debts(of: Self.order("new", "paid", quantity: 45), soldAsCodes: all)
        #expect(many.map(\.count) == [20, 20, 5] && many.map(\.part) == [0, 1, 2])
        let id = OrderID.make(at: Self.now)
        #expect(Set(many.map { $0.mid(of: id) }).count == 3 && many[0].mid(of: id) == few[0].mid(of: id))
    }

    @Test func aProductTakesWhatZidSaysAndKeepsWhatStaffDecided() throws {
        let json = #"{"id":"z","name":{"ar":"أ","en":"A"},"price":2,"sku":"Z-1","quantity":4,"is_published":true}"#
        let zid = try #require(ZidProduct(ZidReadingTests.json(json), currency: .riyal))
        var product = Product(id: Self.card, at: Self.now)
        ZidProductPlan.apply(zid, to: &product, stock: .hub)
        #expect(product.stockPolicy == .tracked && product.stock == 4 && product.state == .active)
        #expect(product.price == 200 && product.zidID == "z" && product.nameEn == "A" && product.sku == "Z-1")
        product.stock = 9
        ZidProductPlan.apply(zid, to: &product, stock: .hub)
        #expect(product.stock == 9)
        ZidProductPlan.apply(zid, to: &product, stock: .zid)
        #expect(product.stock == 4)
        (product.stockPolicy, product.stock, product.state) = (.codes, nil, .archived)
        ZidProductPlan.apply(zid, to: &product, stock: .zid)
        #expect(product.stockPolicy == .codes && product.state == .archived)
        try product.check()
        #expect(ZidStock.quantity(available: 3, owed: 5) == 0 && ZidStock.quantity(available: 5, owed: 3) == 2)
    }

    @Test func whatWaitsIsToldBeforeWhatFails() {
        func finding(_ owed: Int64, _ short: Int64, _ nobody: Int64, _ problem: String?) -> StatusFinding {
            let job = ZidJob(kind: .orders, page: 1, startedAt: nil, finishedAt: nil, problem: problem)
            let waiting = DeliveryStanding(owed: owed, notEnough: short, nobody: nobody)
            return ZidStanding(jobs: [job], deliveries: waiting).finding
        }
        #expect(finding(3, 2, 1, "x").message.en.contains("2") && finding(3, 2, 1, "x").outcome == .error)
        #expect(finding(1, 0, 1, nil).outcome == .error && finding(1, 0, 0, "x").outcome == .unreachable)
        #expect(finding(1, 0, 0, nil).outcome == .ok)
    }
}

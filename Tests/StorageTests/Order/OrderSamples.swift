import Domain

@testable import Storage

extension StoreFixture {
    func order(
        _ number: String,
        items: [OrderItem] = [OrderItem(product: nil, name: "بطاقة", sku: nil, quantity: 1, unitPrice: 5000)],
        source: OrderSource = .manual,
        externalID: String? = nil,
        change: (inout Order) throws -> Void = { _ in }
    ) throws -> Order {
        var order = try Order(
            id: .make(at: clock.now), number: number, source: source, externalID: externalID, items: items, total: nil,
            currency: .riyal, placedAt: nil, at: clock.now)
        try change(&order)
        return order
    }

    func callback(change: (inout Callback) throws -> Void = { _ in }) throws -> Callback {
        var callback = Callback(id: .make(at: clock.now), by: .staff, at: clock.now)
        callback.phone = "+966501234567"
        callback.dueAt = clock.now + .seconds(3600)
        try change(&callback)
        try callback.check()
        return callback
    }
}

extension StoreSet {
    @discardableResult
    func keep(_ order: Order, _ fixture: StoreFixture) async throws -> Order {
        try await orders.add(order, scope: .everything, fixture.writing()).value()
    }

    @discardableResult
    func keep(_ callback: Callback, _ fixture: StoreFixture) async throws -> Callback {
        try await callbacks.add(callback, scope: .everything, fixture.writing()).value()
    }
}

import Domain
import Testing

@testable import Storage

@Suite struct OrderStoreTests {
    @Test(arguments: Engine.allCases)
    func whatIsEnteredIsReadBackWhole(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            let visitor = try await stores.makeVisitor(fixture)
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
            let items = [
                OrderItem(product: shelf.product, name: "بطاقة", sku: "B-1", quantity: 2, unitPrice: 4950),
                OrderItem(product: nil, name: "هدية", sku: nil, quantity: 1, unitPrice: 0),
            ]
            let order = try fixture.order("Z-1", items: items, source: .zid, externalID: "9") { order in
                order.contact = contact.id
                order.conversation = visitor.room
            }
            let kept = try await stores.keep(order, fixture)
            #expect(kept.codes == OrderCodes(wanted: 2, reserved: 0, delivered: 0))
            var same = order
            same.codes = kept.codes
            #expect(kept == same)
            #expect(try await stores.orders.order(order.id, scope: .everything) == kept)
            fixture.clock.advance()
            let moment = fixture.clock.now
            let paid = try await stores.orders.change(
                order.id, scope: .everything, expected: 1, fixture.writing()
            ) { order in
                try order.pay(.paid, at: moment)
                try order.move(to: .preparing, at: moment)
            }
            #expect(paid.version == 2 && paid.paidAt == moment && paid.state == .preparing && paid.items == items)
            #expect(try await stores.orders.order(order.id, scope: .everything) == paid)
            let stale = try await code {
                _ = try await stores.orders.change(order.id, scope: .everything, expected: 1, fixture.writing()) { _ in
                }
            }
            #expect(stale == .stale)
        }
    }

    @Test(arguments: Engine.allCases)
    func aNumberIsTakenOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            // Three that say the same at once, at two hubs: one of them is it.
            let order = try fixture.order("Z-1", source: .zid, externalID: "9")
            let codes = try await withThrowingTaskGroup(of: HubError.Code?.self) { group in
                for number in 0..<6 {
                    let orders = (number % 2 == 0 ? stores : other).orders
                    let again = try fixture.order("Z-1", source: .zid, externalID: "9")
                    group.addTask {
                        try await code { _ = try await orders.add(again, scope: .everything, fixture.writing()) }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.filter { $0 == nil }.count == 1 && codes.filter { $0 == .conflict }.count == 5)
            for (number, external) in [("#z ١", "10"), ("Z-2", "9")] {
                let twin = try fixture.order(number, source: .zid, externalID: external)
                #expect(try await code { _ = try await stores.keep(twin, fixture) } == .conflict)
            }
            try await stores.keep(try fixture.order("M-1", externalID: "9"), fixture)
            #expect(order.number == "Z-1")
        }
    }

    @Test(arguments: Engine.allCases)
    func whatAnOrderNamesMustBeThere(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            let item = OrderItem(product: .make(at: now), name: "ب", sku: nil, quantity: 1, unitPrice: 1)
            let wrong = [
                try fixture.order("1", items: [item]), try fixture.order("2") { $0.contact = .make(at: now) },
                try fixture.order("3") { $0.conversation = .make(at: now) },
            ]
            for order in wrong {
                #expect(try await code { _ = try await stores.keep(order, fixture) } == .invalid)
            }
            let order = try await stores.keep(try fixture.order("4"), fixture)
            let lost = try await code {
                _ = try await stores.orders.change(
                    order.id, scope: .everything, expected: nil, fixture.writing()
                ) { $0.contact = .make(at: now) }
            }
            #expect(lost == .invalid)
        }
    }

    @Test(arguments: Engine.allCases)
    func codesOfItsNumberAreCounted(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock((1...4).map { "code-number-\($0)" })
            let item = OrderItem(product: shelf.product, name: "ب", sku: nil, quantity: 3, unitPrice: 1)
            let order = try await stores.keep(try fixture.order("o", items: [item]), fixture)
            _ = try await shelf.allocate(1)
            _ = try await shelf.allocate(2, .reserve(until: fixture.clock.now + .seconds(60)), to: .order("o"))
            let counted = try await stores.orders.order(order.id, scope: .everything)
            #expect(counted.codes == OrderCodes(wanted: 3, reserved: 2, delivered: 1) && counted.version == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func listsAreNarrowedDownAndSeenByWhoMaySee(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (omar, noura) = (
                try await stores.makeUser("عمر", fixture), try await stores.makeUser("نورة", fixture)
            )
            let contact = try await stores.keep(fixture.contact("ليلى") { $0.owner = noura.id }, fixture)
            for number in 1...5 {
                fixture.clock.advance()
                let item = OrderItem(
                    product: nil, name: "بطاقة \(number)", sku: nil, quantity: 1, unitPrice: Int64(number))
                try await stores.keep(
                    try fixture.order("N-\(number)", items: [item]) { order in
                        if number > 3 { order.contact = contact.id }
                        if number == 2 { try order.move(to: .canceled, at: fixture.clock.now) }
                    }, fixture)
            }
            func numbers(
                _ scope: CRMScope,
                _ sort: ListOrder<OrderSort> = OrderSort.usual,
                search: String? = nil,
                _ change: (inout OrderFilter) -> Void = { _ in }
            ) async throws -> [String] {
                var filter = OrderFilter(scope: scope)
                change(&filter)
                var (numbers, after): ([String], ListPosition?) = ([], nil)
                repeat {
                    let page = try await stores.orders.orders(
                        ListRequest(filter: filter, search: search, order: sort, after: after, limit: 2))
                    numbers += page.items.map(\.number)
                    after = page.next
                } while after != nil
                return numbers
            }
            #expect(try await numbers(.everything) == ["N-5", "N-4", "N-3", "N-2", "N-1"])
            #expect(try await numbers(.everything, ListOrder(.total)) == ["N-1", "N-2", "N-3", "N-4", "N-5"])
            #expect(try await numbers(.agent(omar.id)) == ["N-3", "N-2", "N-1"])
            #expect(try await numbers(.agent(noura.id)).count == 5)
            #expect(try await numbers(.everything) { $0.state = .canceled } == ["N-2"])
            #expect(try await numbers(.everything) { $0.contact = contact.id } == ["N-5", "N-4"])
            #expect(try await numbers(.everything) { $0.number = "n ٤" } == ["N-4"])
            #expect(try await numbers(.everything, search: "بطاقه 3") == ["N-3"])
            let hidden = try await stores.orders.orders(
                ListRequest(filter: OrderFilter(scope: .everything), order: OrderSort.usual, limit: 1)
            ).items[0].id
            #expect(try await code { _ = try await stores.orders.order(hidden, scope: .agent(omar.id)) } == .notFound)
        }
    }

    @Test(arguments: Engine.allCases)
    func ordersGoWithTheirContact(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let kept = try await stores.keep(fixture.contact("ليلى"), fixture)
            let ended = try await stores.keep(fixture.contact("Layla"), fixture)
            let order = try await stores.keep(try fixture.order("1") { $0.contact = ended.id }, fixture)
            let callback = try await stores.keep(try fixture.callback { $0.contact = ended.id }, fixture)
            let merge = try await stores.merging.merge(
                ended.id, into: kept.id, scope: .everything, fixture.writing()
            ).value()
            #expect(merge.moved.orders == [order.id] && merge.moved.callbacks == [callback.id])
            #expect(try await stores.orders.order(order.id, scope: .everything).contact == kept.id)
            let timeline = try await stores.contacts.timeline(
                of: kept.id, scope: .everything, sight: nil,
                ListRequest<TimelineSort, TimelineEntry.Kind?>(filter: nil, order: TimelineSort.usual, limit: 10))
            #expect(timeline.items.map(\.id) == ["1"] && timeline.items[0].state == "new")
            let export = try await stores.persons.export(of: kept.id, scope: .everything, fixture.writing())
            #expect(export.orders.map(\.id) == [order.id] && export.callbacks.map(\.id) == [callback.id])
            _ = try await stores.merging.unmerge(ended.id, scope: .everything, fixture.writing())
            #expect(try await stores.orders.order(order.id, scope: .everything).contact == ended.id)
            let back = try await stores.callbacks.callback(callback.id, scope: .everything)
            #expect(back.contact == ended.id)
            // The books stay, the number to call does not.
            _ = try await stores.persons.erase(ended.id, scope: .everything, fixture.writing())
            #expect(try await stores.orders.order(order.id, scope: .everything).number == "1")
            let gone = try await code { _ = try await stores.callbacks.callback(callback.id, scope: .everything) }
            #expect(gone == .notFound)
        }
    }
}

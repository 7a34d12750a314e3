import Domain
import Testing

@testable import Storage

@Suite struct RepeatedWriteTests {
    @Test(arguments: Engine.allCases)
    func theSameRequestIsDoneOnceAndAnsweredAlike(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let product = ProductStoreTests.product("A", fixture)
            let first = try await stores.products.add(product, fixture.writing(once: Self.once("k", "f")))
            #expect(try first.value() == product)
            _ = try await stores.products.change(product.id, expected: nil, fixture.writing()) { $0.sku = "B" }
            // Another id, as a second request would have.
            let again = ProductStoreTests.product("A", fixture)
            let second = try await stores.products.add(again, fixture.writing(once: Self.once("k", "f")))
            guard case .repeated(let answer) = second else {
                Issue.record("it was done twice")
                return
            }
            #expect(answer == StoredAnswer(status: 201, location: "/A", body: "\"A\""))
            #expect(try await stores.products.product(again.id) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func aKeyIsForOneRequestOfOneCaller(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            _ = try await stores.products.add(
                ProductStoreTests.product("A", fixture), fixture.writing(once: Self.once("k", "f")))
            let other = ProductStoreTests.product("B", fixture)
            let refused = try await code {
                _ = try await stores.products.add(other, fixture.writing(once: Self.once("k", "another")))
            }
            #expect(refused == .keyReused)
            #expect(try await stores.products.product(other.id) == nil)
            let stranger = Self.once("k", "f", owner: "u_2")
            _ = try await stores.products.add(other, fixture.writing(once: stranger)).value()
        }
    }

    @Test(arguments: Engine.allCases)
    func whatFailedMayBeSentAgainUnderItsKey(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let taken = ProductStoreTests.product("A", fixture)
            _ = try await stores.products.add(taken, fixture.writing())
            let product = ProductStoreTests.product("A", fixture)
            let refused = try await code {
                _ = try await stores.products.add(product, fixture.writing(once: Self.once("k", "f")))
            }
            #expect(refused == .conflict)
            try await stores.products.remove(taken.id, expected: nil, fixture.writing())
            _ = try await stores.products.add(product, fixture.writing(once: Self.once("k", "f"))).value()
        }
    }

    @Test(arguments: Engine.allCases)
    func repeatsThatRaceAreDoneOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let results = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<12 {
                    let products = (number % 2 == 0 ? stores : other).products
                    let product = ProductStoreTests.product("A\(number)", fixture)
                    let writing = fixture.writing(once: Self.once("k", "f"))
                    group.addTask {
                        if case .done = try await products.add(product, writing) { true } else { false }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 } == 1)
            let request = ListRequest(filter: ProductFilter(), order: ProductSort.usual, limit: 50)
            #expect(try await stores.products.products(request).items.count == 1)
        }
    }

    private static func once(_ key: String, _ fingerprint: String, owner: String = "u_1") -> Once<Product> {
        Once(owner: owner, key: key, fingerprint: fingerprint) { product in
            StoredAnswer(status: 201, location: "/\(product.sku)", body: "\"\(product.sku)\"")
        }
    }
}

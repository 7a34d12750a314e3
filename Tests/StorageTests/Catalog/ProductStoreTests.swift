import Domain
import Testing

@testable import Storage

@Suite struct ProductStoreTests {
    @Test(arguments: Engine.allCases)
    func whatIsAddedIsReadBackWhole(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let dollar = try #require(Currency("USD"))
            let product = Self.product("PSN-50", fixture) { product in
                product.nameEn = "PlayStation 50"
                product.descriptionAr = "بطاقة\nسطران"
                product.currency = dollar
                product.stockPolicy = .tracked
                product.stock = 3
                product.lowStockThreshold = 5
                product.state = .active
                product.category = "ألعاب"
                product.images = ["https://cdn.example/a.png", "https://cdn.example/b.png"]
                product.zidID = "z-1"
            }
            #expect(try await stores.products.add(product, fixture.writing()).value() == product)
            #expect(try await stores.products.product(product.id) == product)
            #expect(try await stores.products.product(.make(at: fixture.clock.now)) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func aKeyOfTheShopIsTakenOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let first = Self.product("A", fixture) { $0.zidID = "z" }
            _ = try await stores.products.add(first, fixture.writing())
            let sameSKU = Self.product("A", fixture)
            let sameZid = Self.product("B", fixture) { $0.zidID = "z" }
            for product in [sameSKU, sameZid] {
                #expect(try await code { _ = try await stores.products.add(product, fixture.writing()) } == .conflict)
                #expect(try await stores.products.product(product.id) == nil)
            }
            let other = Self.product("C", fixture)
            _ = try await stores.products.add(other, fixture.writing())
            let refused = try await code {
                _ = try await stores.products.change(other.id, expected: nil, fixture.writing()) { $0.sku = "A" }
            }
            #expect(refused == .conflict)
            #expect(try await stores.products.product(other.id) == other)
        }
    }

    @Test(arguments: Engine.allCases)
    func aChangeOfAnOldVersionIsRefused(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let products = stores.products
            let product = Self.product("A", fixture)
            _ = try await products.add(product, fixture.writing())
            fixture.clock.advance()
            let changed = try await products.change(product.id, expected: 1, fixture.writing()) { $0.price = 500 }
            #expect(changed.version == 2 && changed.price == 500 && changed.changedAt > product.changedAt)
            let refused = try await code {
                _ = try await products.change(product.id, expected: 1, fixture.writing()) { $0.price = 1 }
            }
            #expect(refused == .stale)
            #expect(try await code { try await products.remove(product.id, expected: 1, fixture.writing()) } == .stale)
            #expect(try await products.product(product.id) == changed)
            // What changes nothing is no new version.
            let same = try await products.change(product.id, expected: 2, fixture.writing()) { $0.price = 500 }
            #expect(same.version == 2)
            try await products.remove(product.id, expected: 2, fixture.writing())
            let gone = try await code { try await products.remove(product.id, expected: nil, fixture.writing()) }
            #expect(gone == .notFound)
        }
    }

    @Test(arguments: Engine.allCases)
    func pagesShowEachProductOnceInEveryOrder(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            // Twins in all that is sorted by, so that the id must decide.
            for number in 0..<23 {
                let product = Self.product("S\(number)", fixture) { product in
                    product.price = Int64(number / 5)
                    product.nameAr = "منتج \(number / 7)"
                }
                _ = try await stores.products.add(product, fixture.writing())
                if number % 4 == 0 { fixture.clock.advance() }
            }
            for key in ProductSort.allCases {
                for isDescending in [false, true] {
                    let seen = try await Self.pages(
                        stores, order: ListOrder(key, isDescending: isDescending), limit: 5)
                    #expect(Set(seen.map(\.id)).count == 23 && seen.count == 23, "\(key)")
                    if key == .price {
                        let prices = seen.map(\.price)
                        #expect(prices == prices.sorted { isDescending ? $0 > $1 : $0 < $1 })
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func filtersAndSearchNarrowTheList(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            func add(_ sku: String, _ change: (inout Product) -> Void) async throws {
                _ = try await stores.products.add(Self.product(sku, fixture, change), fixture.writing())
            }
            try await add("A1") { product in
                product.nameAr = "بطاقة شحن أمريكية ٥٠"
                product.state = .active
                product.category = "ألعاب"
            }
            try await add("B2") { product in
                product.nameAr = "اشتراك مُميَّز"
                product.stockPolicy = .tracked
                product.stock = 2
                product.lowStockThreshold = 2
            }
            func found(_ search: String? = nil, _ change: (inout ProductFilter) -> Void = { _ in }) async throws
                -> [String]
            {
                var filter = ProductFilter()
                change(&filter)
                let request = ListRequest(filter: filter, search: search, order: ListOrder(ProductSort.sku), limit: 10)
                return try await stores.products.products(request).items.map(\.sku)
            }
            #expect(try await found() == ["A1", "B2"])
            #expect(try await found("بطاقه امريكيه") == ["A1"])
            #expect(try await found("50") == ["A1"])
            #expect(try await found("مميز") == ["B2"])
            #expect(try await found("مميز 50") == [])
            #expect(try await found("%") == ["A1", "B2"])
            #expect(try await found { $0.state = .active } == ["A1"])
            #expect(try await found { $0.category = "ألعاب" } == ["A1"])
            #expect(try await found { $0.sku = "b2" } == [])
            #expect(try await found { $0.isLow = true } == ["B2"])
            #expect(try await found { $0.isLow = false } == ["A1"])
        }
    }

    private static func pages(
        _ stores: StoreSet,
        order: ListOrder<ProductSort>,
        limit: Int
    ) async throws -> [Product] {
        var seen: [Product] = []
        var after: ListPosition?
        repeat {
            let request = ListRequest(filter: ProductFilter(), order: order, after: after, limit: limit)
            let page = try await stores.products.products(request)
            #expect(page.items.count <= limit)
            seen += page.items
            after = page.next
        } while after != nil
        return seen
    }

    static func product(
        _ sku: String,
        _ fixture: StoreFixture,
        _ change: (inout Product) -> Void = { _ in }
    ) -> Product {
        var product = Product(id: .make(at: fixture.clock.now), at: fixture.clock.now)
        product.nameAr = "منتج"
        product.sku = sku
        change(&product)
        return product
    }
}

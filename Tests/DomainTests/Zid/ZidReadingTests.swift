import Testing

@testable import Domain

/// Entries of pages as Zid writes them, where it is alive and in its documents.
@Suite struct ZidReadingTests {
    static func json(_ text: String) throws -> JSONValue { try JSONParser.parse(text, maxDepth: 32) }

    @Test func aProfileNamesItsStoreAndCurrency() throws {
        let live = try Self.json(#"{"user":{"id":1,"store":{"id":4242,"title":"متجر","currency":{"code":"KWD"}}}}"#)
        #expect(ZidProfile(live)?.storeID == "4242" && ZidProfile(live)?.currency == Currency("KWD"))
        let told = try Self.json(#"{"user":{"store":{"id":"a1-B2","title":{"en":"Shop"},"currency":"SAR"}}}"#)
        #expect(ZidProfile(told)?.storeID == "a1-B2" && ZidProfile(told)?.title == "Shop")
        #expect(try ZidProfile(Self.json(#"{"user":{}}"#)) == nil)
    }

    @Test(arguments: [
        ("49.5", 4950), (#""49.50""#, 4950), ("49", 4900), (#""0.00000000000000""#, 0), (#""19.990000""#, 1999),
        ("0.29", 29), ("1.005", 101), ("1.0049", 100), (#""0.005""#, 1), ("4.95e1", 4950), (#""1e2""#, 10_000),
        ("1001.1", 100_110), (#""5e-3""#, 1), (#""4e-3""#, 0), (#""1e-9""#, 0),
    ])
    func anAmountIsCountedInItsMinorUnit(_ text: String, _ halalas: Int64) throws {
        #expect(Currency.riyal.amount(of: try Self.json(text)) == halalas)
    }

    @Test(arguments: [
        "-1", #""""#, #"".5""#, #""5.""#, #""1,5""#, #""x""#, "null", "true", "1e30", #""1e999""#, #""1.2.3""#,
    ])
    func whatIsNoAmountIsNone(_ text: String) throws {
        #expect(Currency.riyal.amount(of: try Self.json(text)) == nil)
    }

    @Test func aMinorUnitHasAsManyDigitsAsItsCurrency() throws {
        #expect(try #require(Currency("KWD")).amount(of: "1.2345") == 1235)
        #expect(try #require(Currency("JPY")).amount(of: "120.5") == 121)
    }

    @Test func productsComeInPages() throws {
        let page = try #require(
            ZidPage(
                products: Self.json(
                    """
                    {"count":3,"next":"?page=2","results":[
                        {"id":"c0ffee-1","name":{"ar":"بطاقة","en":"Card"},"price":50,"sale_price":45.5,"sku":"C-1",
                         "quantity":3,"is_infinite":false,"is_published":true,
                         "images":[{"image":{"full_size":"https://a.example/1.png"}},{"url":"https://a.example/2.png"},
                                   {"url":"javascript:x"}]},
                        {"id":77,"name":"Book","price":"12.00","sale_price":0,"quantity":null,"is_infinite":true,
                         "currency":"USD","is_published":false},
                        {"name":"no id","price":1}
                    ]}
                    """), size: 3, currency: .riyal))
        #expect(!page.isLast && page.unreadable == 1 && page.items.count == 2)
        let (card, book) = (page.items[0], page.items[1])
        #expect(card.name.ar == "بطاقة" && card.name.en == "Card" && card.price == 4550 && card.stock == .count(3))
        #expect(card.images == ["https://a.example/1.png", "https://a.example/2.png"])
        #expect(book.id == "77" && book.sku == "zid-77" && book.price == 1200 && book.stock == .unlimited)
        #expect(book.currency == Currency("USD") && !book.isPublished && book.name.en == nil)
        #expect(
            try ZidPage(products: Self.json(#"{"results":[],"next":null}"#), size: 3, currency: .riyal)?.isLast == true)
        #expect(try ZidPage(products: Self.json(#"{"orders":[]}"#), size: 3, currency: .riyal) == nil)
    }

    static let order = """
        {"status":"object","order":{"id":44834593,"code":"dyV6","order_status":{"name":"جديد","code":"inDelivery"},
         "currency_code":"SAR","order_total":"99.00000000000000","payment_status":"paid","language":"en",
         "is_marketplace_order":false,"created_at":"2024-12-05 12:27:15","updated_at":"2024-12-05T12:27:22Z",
         "customer":{"id":2083543,"name":"سارة","email":"Sara@Example.net","mobile":"966550448447"},
         "products":[{"id":"var-1","parent_id":"par-1","name":{"ar":"بطاقة"},"sku":"C-1","quantity":2,"price":49.5},
                     {"id":"x","name":"broken","quantity":0,"price":1}]}}
        """

    @Test func anOrderIsReadWithAllThatMatters() throws {
        let order = try #require(ZidOrder(Self.json(Self.order)))
        #expect(order.id == "44834593" && order.state == .inDelivery && order.payment == .paid && order.total == 9900)
        #expect(order.placedAt?.rfc3339 == "2024-12-05T12:27:15.000Z" && order.language == .english)
        #expect(order.updatedAt?.rfc3339 == "2024-12-05T12:27:22.000Z")
        #expect(order.customer.phone == "+966550448447" && order.customer.email?.text == "sara@example.net")
        #expect(order.customer.identities.map(\.kind) == [.zid, .phone, .email])
        #expect(order.lines.count == 1 && order.lines[0].products == ["var-1", "par-1"])
        #expect(order.lines[0].quantity == 2 && order.lines[0].unitPrice == 4950)
        #expect(ZidCustomer(order.customer.json, isMasked: false) == order.customer)
    }

    @Test(arguments: [
        ("new", OrderState.new), ("PREPARING", .preparing), ("ready", .ready), ("indelivery", .inDelivery),
        ("inDelivery", .inDelivery), ("in_delivery", .inDelivery), ("delivered", .delivered), ("canceled", .canceled),
        ("Cancelled", .canceled), ("refunded", .refunded),
    ])
    func statesAreKnownInWhateverCase(_ code: String, _ state: OrderState) {
        #expect(OrderState.ofZid(code) == state)
    }

    @Test func whatAMarketplaceHidesIsNotThere() throws {
        let hidden = try Self.json(
            #"{"id":9,"name":"J*** D***","email":"t***@.","mobile":"***00"}"#)
        #expect(ZidCustomer(hidden, isMasked: true) == .nobody)
        #expect(ZidCustomer(hidden, isMasked: true).identities == [])
        let plain = try Self.json(#"{"id":9,"name":" ","email":"no address","mobile":"0550448447","phone":null}"#)
        // A number without its country is nobody's.
        #expect(ZidCustomer(plain, isMasked: false) == ZidCustomer(id: "9", name: nil, phone: nil, email: nil))
    }

    @Test func aWebhookIsKeptAsWhatItSays() throws {
        func kept(_ text: String) -> String { String(decoding: ZidNotice.kept(of: Array(text.utf8)), as: UTF8.self) }
        let one = kept(#"{"event":"order.create","id":7,"updated_at":"2024-12-05 12:27:15","customer":{"name":"x"}}"#)
        #expect(one == #"["order.create","7","2024-12-05 12:27:15",null]"#)
        // The same told again in other words.
        #expect(one == kept(#"{"payload":{"updated_at":"2024-12-05 12:27:15","id":"7"},"event":"Order.Create"}"#))
        #expect(one != kept(#"{"event":"order.status.update","id":7,"updated_at":"2024-12-05 12:27:15"}"#))
        // The event need not be said, and two states of one second are two events.
        let bare = #""id":7,"order_status":{"code":"new"},"updated_at":"2024-12-05 12:27:15"}"#
        #expect(kept(#"{"payment_status":"paid","# + bare) != kept(#"{"payment_status":"pending","# + bare))
        // Without a moment, and where nothing can be read, it stays as it came.
        for text in [#"{"event":"order.create","id":7}"#, "not json", #"{"event":"order.create"}"#] {
            #expect(kept(text) == text)
        }
        #expect(ZidNotice(kept: Array(one.utf8))?.subject == .order("7"))
        #expect(ZidNotice(kept: Array(#"{"event":"product.update","id":"p-1"}"#.utf8))?.subject == .product("p-1"))
        #expect(ZidNotice(kept: Array(#"{"event":"abandoned_cart.created","id":1}"#.utf8))?.subject == .other)
        #expect(ZidNotice(kept: Array(#"["order.create","../x","m",null]"#.utf8)) == nil)
        #expect(ZidNotice(kept: Array("not json".utf8)) == nil)
    }
}

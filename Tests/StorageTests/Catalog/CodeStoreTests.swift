import Domain
import Testing

@testable import Storage

@Suite struct CodeStoreTests {
    @Test(arguments: Engine.allCases)
    func whatExpiresFirstIsSoldFirstAndNeverWhatHasExpired(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            let now = fixture.clock.now
            try await shelf.stock(["never-expires-1"])
            try await shelf.stock(["expires-last-01"], expiresAt: now + .seconds(200))
            try await shelf.stock(["expires-first-1"], expiresAt: now + .seconds(10))
            #expect(try await shelf.left == 3)
            fixture.clock.advance(.seconds(10))
            let sold = try await shelf.allocate(2)
            #expect(try await shelf.texts(sold) == ["expires-last-01", "never-expires-1"])
            #expect(sold.allSatisfy { $0.state == .sold && $0.recipient == .order("o") && $0.version == 2 })
            #expect(try await code { _ = try await shelf.allocate(1) } == .notEnough)
            #expect(try await stores.codes.settle(at: fixture.clock.now) == 1)
            #expect(try await shelf.left == 0)
            let expired = try await shelf.list { $0.state = .revoked }
            #expect(expired.map(\.revokedBecause) == ["expired"])
        }
    }

    @Test(arguments: Engine.allCases)
    func allOrNothing(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock(["code-number-1", "code-number-2"])
            do {
                _ = try await shelf.allocate(3)
                Issue.record("three of two were sold")
            } catch let error as HubError {
                #expect(error.code == .notEnough && error.message.contains("2 are available"))
            }
            #expect(try await shelf.left == 2)
            #expect(try await shelf.list { $0.state = .available }.count == 2)
            let other = ProductID.make(at: fixture.clock.now)
            let nowhere = CodeAllocation(product: other, count: 1, CodeChange(.sell, to: .order("o")))
            #expect(
                try await code { _ = try await stores.codes.allocate(nowhere, fixture.writing()) } == .notFound)
            let room = RoomID.make(at: fixture.clock.now)
            #expect(try await code { _ = try await shelf.allocate(1, to: .conversation(room)) } == .invalid)
        }
    }

    @Test(arguments: Engine.allCases)
    func aReservationThatIsOverComesBack(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock(["code-number-1", "code-number-2"])
            let until = fixture.clock.now + .seconds(60)
            let held = try await shelf.allocate(2, .reserve(until: until), to: .order("slow"))
            #expect(try await shelf.left == 0)
            #expect(try await code { _ = try await shelf.allocate(1) } == .notEnough)
            fixture.clock.advance(.seconds(60))
            // When somebody asks …
            let sold = try await shelf.allocate(1)
            #expect(held.map(\.id).contains(sold[0].id) && sold[0].recipient == .order("o"))
            #expect(try await shelf.left == 0)
            // … and by itself.
            #expect(try await stores.codes.settle(at: fixture.clock.now) == 1)
            #expect(try await stores.codes.settle(at: fixture.clock.now) == 0)
            #expect(try await shelf.left == 1)
            let back = try #require(try await shelf.list { $0.state = .available }.first)
            #expect(back.recipient == nil && back.allocatedBy == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func oneCodeAndAWholeOrder(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock((1...5).map { "code-number-\($0)" })
            let until = fixture.clock.now + .seconds(60)
            let held = try await shelf.allocate(4, .reserve(until: until), to: .order("o-1"))
            let first = CodeSelection.one(held[0].id, expected: 1)
            let stale = try await code {
                _ = try await stores.codes.change(first, CodeChange(.release), fixture.writing())
            }
            #expect(stale == .stale)
            let released = try await stores.codes.change(
                .one(held[0].id, expected: 2), CodeChange(.release), fixture.writing()
            ).value()
            #expect(released[0].state == .available)
            #expect(try await shelf.left == 2)
            let nowhere = CodeChange(.sell, to: .order("o-1", from: RoomID.make(at: fixture.clock.now)))
            let unknown = try await code {
                _ = try await stores.codes.change(.one(held[1].id, expected: 2), nowhere, fixture.writing())
            }
            #expect(unknown == .invalid)
            let order = CodeSelection.reserved(for: .order("o-1"))
            let sold = try await stores.codes.change(order, CodeChange(.sell), fixture.writing()).value()
            #expect(sold.count == 3 && sold.allSatisfy { $0.state == .sold })
            let again = try await code {
                _ = try await stores.codes.change(order, CodeChange(.sell), fixture.writing())
            }
            #expect(again == .notFound)
            let revoke = CodeChange(.revoke, because: "رجيع")
            let several = CodeSelection.several([released[0].id, sold[0].id])
            let revoked = try await stores.codes.change(several, revoke, fixture.writing()).value()
            #expect(revoked.allSatisfy { $0.state == .revoked && $0.revokedBecause == "رجيع" })
            #expect(try await shelf.left == 1)
            #expect(try await shelf.list { $0.order = "o-1" }.count == 3)
            // The trail of one code, from its own rows.
            let rows = try await fixture.query(
                "SELECT action FROM audit_logs WHERE subject_id = '\(released[0].id)' ORDER BY seq")
            #expect(
                rows.map(\.values) == [
                    [.text("code.reserved")], [.text("code.released")], [.text("code.revoked")],
                ])
        }
    }

    /// Two hubs, 64 buyers: no code goes to two of them, and none is lost.
    @Test(arguments: Engine.allCases)
    func whoeverAsksAtOnceGetsOther(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            let hubs = [stores, try await fixture.open()]
            try await shelf.stock((1...150).map { "code-number-\($0)" })
            let taken = try await withThrowingTaskGroup(of: [CodeID].self) { buyers in
                for number in 0..<64 {
                    buyers.addTask {
                        var mine: [CodeID] = []
                        while true {
                            do {
                                let count = 1 + (number + mine.count) % 3
                                let codes = try await shelf.allocate(
                                    count, to: .order("o-\(number)"), by: hubs[number % 2])
                                mine += codes.map(\.id)
                            } catch let error as HubError where error.code == .notEnough {
                                return mine
                            }
                        }
                    }
                }
                return try await buyers.reduce(into: []) { $0 += $1 }
            }
            let rest = try await shelf.list { $0.state = .available }.map(\.id)
            #expect(rest.count <= 2 && Set(taken).isDisjoint(with: rest))
            #expect(taken.count + rest.count == 150 && Set(taken).count == taken.count)
            #expect(try await shelf.left == Int64(rest.count))
        }
    }

    @Test(arguments: Engine.allCases)
    func aRepeatedRequestTakesNothingMore(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock(["code-number-1", "code-number-2"])
            let once = Once<[DigitalCode]>(owner: "u", key: "k", fingerprint: "f") { codes in
                StoredAnswer(status: 200, location: nil, body: codes.map(\.id.text).joined())
            }
            let allocation = CodeAllocation(product: shelf.product, count: 1, CodeChange(.sell, to: .order("o")))
            let first = try await stores.codes.allocate(allocation, fixture.writing(once: once))
            guard case .done(let codes) = first else { return #expect(Bool(false), "the first was a repetition") }
            for written in [
                try await stores.codes.allocate(allocation, fixture.writing(once: once)),
                try await stores.codes.hold(allocation, for: once, fixture.writing()),
            ] {
                guard case .repeated(let answer) = written else {
                    Issue.record("done twice")
                    continue
                }
                #expect(answer.body == codes[0].id.text)
            }
            #expect(try await shelf.left == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func revealingIsWrittenDown(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock(["PLANTED-CODE-1"])
            let id = try #require(try await shelf.list().first?.id)
            let found = try await stores.codes.reveal(id, fixture.writing())
            #expect(try await shelf.vault.open(found.sealed, at: DigitalCode.place(of: id)) == "PLANTED-CODE-1")
            let rows = try await fixture.query(
                "SELECT actor_name, before_json, after_json FROM audit_logs WHERE action = 'code.revealed'")
            #expect(rows.map(\.values) == [[.text("سارة"), .null, .null]])
            let unknown = CodeID.make(at: fixture.clock.now)
            #expect(try await code { _ = try await stores.codes.reveal(unknown, fixture.writing()) } == .notFound)
            for table in ["codes", "audit_logs", "code_imports", "code_import_problems"] {
                let rows = try await fixture.query("SELECT * FROM \(table)")
                #expect(!"\(rows)".contains("PLANTED"), "\(table)")
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func aHandOverSellsAndSaysItInOneCommit(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            let room = try await stores.makeVisitor(fixture).room
            try await shelf.stock(["code-number-1", "code-number-2"])
            let until = fixture.clock.now + .seconds(60)
            let held = try await shelf.allocate(1, .reserve(until: until), to: .conversation(room))
            let message = Samples.text("تفضل", by: Samples.sara, mid: "m1")
            let handOver = CodeHandOver(codes: held.map(\.id), room: room, message: message)
            let done = try await stores.codes.handOver(handOver, fixture.writing()).value()
            #expect(done.seq == SequenceNumber(1) && done.head == done.seq && done.codes[0].state == .sold)
            #expect(
                try await stores.rooms.events(of: room, after: .zero, limit: 10).map(\.content) == [message.content])
            // What is sold is not sold again, and then nothing is said either.
            let again = CodeHandOver(
                codes: held.map(\.id), room: room, message: Samples.text("تفضل", by: Samples.sara, mid: "m2"))
            #expect(try await code { _ = try await stores.codes.handOver(again, fixture.writing()) } == .conflict)
            #expect(try await stores.rooms.room(room)?.head == SequenceNumber(1))
            // A message that cannot be appended sells nothing.
            let more = try await shelf.allocate(1, .reserve(until: until), to: .conversation(room))
            let bad = CodeHandOver(
                codes: more.map(\.id), room: room, message: Samples.text("غيرها", by: Samples.sara, mid: "m1"))
            #expect(try await code { _ = try await stores.codes.handOver(bad, fixture.writing()) } == .midConflict)
            #expect(try await stores.codes.code(more[0].id) == more[0])
            #expect(try await shelf.list { $0.conversation = room }.count == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func aProductCountsItsCodesAndStays(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let shelf = try await CodeShelf(stores, fixture)
            var filter = ProductFilter()
            filter.isLow = true
            let low = ListRequest(filter: filter, order: ProductSort.usual, limit: 10)
            #expect(try await stores.products.products(low).items.map(\.id) == [shelf.product])
            try await shelf.stock((1...3).map { "code-number-\($0)" })
            #expect(try await stores.products.products(low).items.isEmpty)
            _ = try await shelf.allocate(1)
            let product = try #require(try await stores.products.products(low).items.first)
            #expect(product.stock == 2 && product.isLow)
            let changed = try await stores.products.change(shelf.product, expected: nil, fixture.writing()) {
                $0.nameAr = "أخرى"
            }
            #expect(changed.stock == 2)
            #expect(try await shelf.left == 2)
            let refused = try await code {
                try await stores.products.remove(shelf.product, expected: nil, fixture.writing())
            }
            #expect(refused == .conflict)
        }
    }
}

import Domain
import Testing

@testable import Storage

@Suite struct SearchTests {
    private static let someone = UserID.make(at: Timestamp(milliseconds: 7))

    @Test(arguments: Engine.allCases)
    func spellingsFindEachOther(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let texts = [
                "أَهْلاً وَسَهْلاً بِكُمْ", "الطلبيّة رقم ١٢٣٤ وصلت", "مكتبة المدرسة", "على الطاولة", "Größe XL 100% cotton_mix",
            ]
            for (index, text) in texts.enumerated() {
                try await stores.append(visitor.room, Samples.text(text, by: visitor.participant, mid: "\(index)"))
            }
            func found(_ query: String) async throws -> [SequenceNumber] {
                try await stores.rooms.search(query, scope: .everything(visibleTo: Self.someone), limit: 50).map(\.seq)
            }
            #expect(try await found("اهلا وسهلا") == [1])
            #expect(try await found("الطلبيه 1234") == [2])
            #expect(try await found("1234 وصلت") == [2])
            #expect(try await found("مكتبه") == [3])
            #expect(try await found("علي") == [4])
            #expect(try await found("GRÖSSE") == (SearchText.fold("Größe") == SearchText.fold("GRÖSSE") ? [5] : []))
            #expect(try await found("xl COTTON") == [5])
            #expect(try await found("xl مكتبه") == [])
            // Fewer than three characters work as well.
            #expect(try await found("XL") == [5])
            #expect(
                try await found("م")
                    == [3, 2, 1].filter { seq in
                        SearchText.fold(texts[Int(seq.value) - 1]).contains("م")
                    })
            #expect(try await found("١٢") == [2])
            // Wildcards and quotes are no letters, so they find nothing of their own.
            #expect(try await found("%%%") == [])
            #expect(try await found("___") == [])
            #expect(try await found("' OR 1=1 --") == [])
            #expect(try await found("\" NEAR( *") == [])
            #expect(try await found("cotton mix") == [5])
        }
    }

    @Test(arguments: Engine.allCases)
    func onlyTheLatestTextOfAMessageIsFound(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let me = visitor.participant
            let scope = SearchScope.room(visitor.room)
            try await stores.append(visitor.room, Samples.text("برتقال طازج", by: me, mid: "1"))
            fixture.clock.advance()
            try await stores.append(
                visitor.room, Samples.draft(.edit(target: 1, body: .text("تفاح طازج")), by: me, mid: "2"))
            #expect(try await stores.rooms.search("برتقال", scope: scope, limit: 9).isEmpty)
            let hits = try await stores.rooms.search("طازج", scope: scope, limit: 9)
            let hit = try #require(hits.first)
            #expect(hits.count == 1)
            #expect(hit.seq == 1)
            #expect(hit.body == .text("تفاح طازج"))
            #expect(hit.author == me)
            #expect(hit.at == fixture.clock.now - .milliseconds(1))
            try await stores.append(visitor.room, Samples.draft(.deletion(target: 1), by: me, mid: "3"))
            #expect(try await stores.rooms.search("طازج", scope: scope, limit: 9).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func aScopeHidesWhatItsUserMayNotSee(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let side = try #require(try await stores.rooms.room(visitor.room)?.conversation?.side)
            let channel = try await stores.makeRoom(.channel, fixture)
            let group = try await stores.makeRoom(.group, fixture, members: [Samples.sara])
            let direct = try await stores.makeRoom(.direct, fixture, members: [Samples.sara, Samples.omar])
            for room in [visitor.room, side, channel.id, group.id, direct.id] {
                fixture.clock.advance()
                try await stores.append(room, Samples.text("كلمة السر", by: Samples.sara, mid: "1"))
            }
            func rooms(_ user: Participant, _ limit: Int = 50) async throws -> [RoomID] {
                let id = try #require(UserID(user.id))
                return try await stores.rooms.search("كلمه", scope: .everything(visibleTo: id), limit: limit).map(
                    \.room)
            }
            #expect(try await rooms(Samples.sara) == [direct.id, group.id, channel.id, side, visitor.room])
            #expect(try await rooms(Samples.omar) == [direct.id, channel.id, side, visitor.room])
            #expect(try await rooms(Samples.sara, 2) == [direct.id, group.id])
            let one = try await stores.rooms.search("كلمه", scope: .room(group.id), limit: 9)
            #expect(one.map(\.room) == [group.id])
        }
    }

    @Test(arguments: Engine.allCases)
    func filesAreFoundByNameAndCaption(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let file = FileReference(
                attachment: .unguessable(), name: "فاتورة-2026.pdf", type: "application/pdf", size: 1, url: "/x",
                width: nil, height: nil, caption: "الإيصال"
            )
            try await stores.append(
                visitor.room,
                Samples.draft(.message(.file(file), replyTo: nil), by: visitor.participant, mid: "1")
            )
            for query in ["فاتوره", "2026 pdf", "ايصال"] {
                let hits = try await stores.rooms.search(query, scope: .room(visitor.room), limit: 9)
                #expect(hits.map(\.body) == [.file(file)], "\(query)")
            }
        }
    }
}

import Domain
import Testing

@testable import Storage

@Suite struct CaseStoreTests {
    private static let level = ServiceLevel()

    /// A conversation whose customer wrote.
    private func asked(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> Visitor {
        let visitor = try await stores.makeVisitor(fixture)
        try await stores.append(visitor.room, Samples.text("؟", by: visitor.participant, mid: "q"))
        return visitor
    }

    private func kept(
        _ file: CaseFile,
        through: SequenceNumber = 1,
        faces: [ClockFace] = [],
        deadline: Timestamp? = nil,
        isNews: Bool = false
    ) -> KeptCase {
        var file = file
        file.through = through
        return KeptCase(file: file, faces: faces, deadline: deadline, isNews: isNews)
    }

    @Test(arguments: Engine.allCases)
    func whatIsBehindIsFoundUntilItIsRead(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let silent = try await stores.makeVisitor(fixture)
            let visitor = try await asked(stores, fixture)
            let behind = try await stores.cases.behind(since: Timestamp(milliseconds: 0), limit: 10, events: 3)
            #expect(behind.map(\.room.id) == [visitor.room] && behind.first?.file == nil)
            let fresh = kept(CaseFile(room: visitor.room, level: Self.level))
            #expect(try await stores.cases.keep([fresh], at: fixture.clock.now) == [visitor.room])
            #expect(try await stores.cases.behind(since: Timestamp(milliseconds: 0), limit: 10, events: 3).isEmpty)
            try await stores.append(visitor.room, Samples.text("!", by: Samples.sara, mid: "a"))
            let again = try await stores.cases.behind(since: Timestamp(milliseconds: 0), limit: 10, events: 3)
            #expect(again.first?.file?.version == 1 && again.first?.file?.through == 1)
            #expect(again.first?.room.head == 2 && silent.room != visitor.room)
            #expect(behind.first?.events?.map(\.seq) == [1] && again.first?.events?.map(\.seq) == [2])
            let later = fixture.clock.now + .seconds(60)
            #expect(try await stores.cases.behind(since: later, limit: 10, events: 3).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsBehindComesWithItsFirstEvents(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitors = [try await asked(stores, fixture), try await asked(stores, fixture)]
            for visitor in visitors {
                for number in 0..<4 {
                    try await stores.append(visitor.room, Samples.text("!", by: Samples.sara, mid: "\(number)"))
                }
            }
            _ = try await stores.cases.keep(
                [kept(CaseFile(room: visitors[0].room, level: Self.level), through: 2)], at: fixture.clock.now)
            let behind = try await stores.cases.behind(since: Timestamp(milliseconds: 0), limit: 10, events: 3)
            let found = Dictionary(uniqueKeysWithValues: behind.map { ($0.room.id, $0.events?.map(\.seq)) })
            #expect(found == [visitors[0].room: [3, 4, 5], visitors[1].room: [1, 2, 3]])
        }
    }

    @Test(arguments: Engine.allCases)
    func ofTwoThatReadTheSameOneStores(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await asked(stores, fixture)
            var file = CaseFile(room: visitor.room, level: Self.level)
            #expect(try await stores.cases.keep([kept(file)], at: fixture.clock.now) == [visitor.room])
            #expect(try await stores.cases.keep([kept(file)], at: fixture.clock.now) == [])
            file.version = 1
            async let one = stores.cases.keep([kept(file)], at: fixture.clock.now)
            async let two = stores.cases.keep([kept(file)], at: fixture.clock.now)
            let (first, second) = try await (one, two)
            #expect(first.count + second.count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func deadlinesAreFoundAndShown(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await asked(stores, fixture)
            let now = fixture.clock.now
            let face = ClockFace(kind: .firstResponse, due: now + .seconds(60), warnedAt: now, breachedAt: nil)
            let file = CaseFile(room: visitor.room, level: Self.level)
            let case1 = kept(file, faces: [face], deadline: now + .seconds(60), isNews: true)
            _ = try await stores.cases.keep([case1], at: now + .seconds(1))
            #expect(try await stores.cases.due(at: now + .seconds(59), limit: 5).isEmpty)
            let due = try await stores.cases.due(at: now + .seconds(60), limit: 5)
            #expect(due.map(\.room.id) == [visitor.room] && due.first?.faces == [face])
            let warned = try await stores.conversations.inbox(InboxQuery(clock: .warned, limit: 5))
            #expect(warned.map(\.room.id) == [visitor.room] && warned.first?.clocks == [face])
            #expect(warned.first?.changedAt == now + .seconds(1), "other hubs learn of it by this")
            #expect(try await stores.conversations.inbox(InboxQuery(clock: .breached, limit: 5)).isEmpty)
            // What was not read yet may have met the deadline.
            try await stores.append(visitor.room, Samples.text("!", by: Samples.sara, mid: "a"))
            #expect(try await stores.cases.due(at: now + .seconds(60), limit: 5).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func ratingsAreListedFromTheLog(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await asked(stores, fixture)
            let answer = try SurveyAnswer(survey: 2, score: 4, comment: "شكراً")
            try await stores.append(
                visitor.room, Samples.draft(.survey, by: .hub, mid: "survey-1"),
                Samples.draft(.rating(answer), by: visitor.participant, mid: "rating-2"))
            var filter = RatingFilter()
            filter.conversation = visitor.room
            let request = ListRequest(filter: filter, order: RatingSort.usual, limit: 5)
            let found = try await stores.ratings.ratings(request).items
            #expect(found.map(\.answer) == [answer] && found.first?.seq == 3)
            filter.until = fixture.clock.now - .seconds(60)
            let none = ListRequest(filter: filter, order: RatingSort.usual, limit: 5)
            #expect(try await stores.ratings.ratings(none).items.isEmpty)
        }
    }
}

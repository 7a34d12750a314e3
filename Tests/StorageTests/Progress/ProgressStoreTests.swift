import Domain
import Testing

@testable import Storage

@Suite struct ProgressStoreTests {
    @Test(arguments: Engine.allCases)
    func whatIsAddedIsReadBackWhole(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let goal = try await Self.goal(stores, fixture) { goal in
                goal.details = "خطة"
                goal.start = 90
                goal.dueAt = fixture.clock.now + .seconds(60)
            }
            #expect(try await stores.progress.add(goal, scope: .everything, fixture.writing()).value() == goal)
            #expect(try await stores.progress.goal(goal.id, scope: .everything) == goal)
            #expect(try await stores.progress.goal(.make(at: fixture.clock.now), scope: .everything) == nil)
        }
    }

    @Test(arguments: Engine.allCases)
    func contactAndOwnerMustBeSomebody(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            var stray = ProgressGoal(
                id: .make(at: fixture.clock.now), contact: .make(at: fixture.clock.now), at: fixture.clock.now)
            stray.target = 1
            let goalOfNobody = stray
            #expect(
                try await code {
                    _ = try await stores.progress.add(goalOfNobody, scope: .everything, fixture.writing())
                } == .invalid)
            let goal = try await Self.goal(stores, fixture) { $0.owner = .make(at: fixture.clock.now) }
            #expect(
                try await code { _ = try await stores.progress.add(goal, scope: .everything, fixture.writing()) }
                    == .invalid)
        }
    }

    @Test(arguments: Engine.allCases)
    func manyCheckInsAtOnceMakeOneHistory(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let goal = try await Self.goal(stores, fixture) { $0.target = 15 }
            _ = try await stores.progress.add(goal, scope: .everything, fixture.writing())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    let progress = (number % 2 == 0 ? stores : other).progress
                    group.addTask {
                        _ = try await progress.checkIn(goal.id, scope: .everything, fixture.writing()) { goal in
                            let now = fixture.clock.now
                            return try goal.checkIn(.make(at: now), .delta(1), note: nil, by: "سارة", at: now)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let now = try #require(try await stores.progress.goal(goal.id, scope: .everything))
            #expect(now.current == 20 && now.checkIns == 20 && now.state == .reached && now.version == 21)
            var (steps, after): ([CheckIn], ListPosition?) = ([], nil)
            repeat {
                let request = ListRequest<CheckInSort, Void>(
                    filter: (), order: ListOrder(.seq), after: after, limit: 7)
                let page = try await stores.progress.checkIns(of: goal.id, scope: .everything, request)
                steps += page.items
                after = page.next
            } while after != nil
            #expect(steps.map(\.seq) == Array(1...20) && steps.map(\.value) == Array(1...20))
            #expect(steps.filter(\.isReaching).map(\.seq) == [15])
            let reached = try await fixture.query("SELECT seq FROM audit_logs WHERE action = 'goal.reached'")
            #expect(reached.count == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func goalsWhoseDayHasPassedAreMissedOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let now = fixture.clock.now
            for number in 0..<10 {
                let goal = try await Self.goal(stores, fixture) { $0.dueAt = number < 7 ? now : now + .seconds(1) }
                _ = try await stores.progress.add(goal, scope: .everything, fixture.writing())
            }
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for progress in [stores.progress, other.progress, stores.progress, other.progress] {
                    group.addTask { try await progress.missOverdue(at: now, limit: 100) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.reduce(0, +) == 7)
            var filter = ProgressGoalFilter(scope: .everything)
            filter.state = .missed
            let request = ListRequest(filter: filter, order: ProgressGoalSort.usual, limit: 50)
            #expect(try await stores.progress.goals(request).items.count == 7)
        }
    }

    @Test(arguments: Engine.allCases)
    func listsAreNarrowedSortedAndSearched(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            var contacts: [ContactID] = []
            for (number, title) in ["قراءة", "المَشي", "حفظ"].enumerated() {
                let goal = try await Self.goal(stores, fixture) { goal in
                    goal.title = title
                    goal.dueAt = number == 2 ? nil : now - .seconds(number)
                }
                contacts.append(goal.contact)
                _ = try await stores.progress.add(goal, scope: .everything, fixture.writing())
                fixture.clock.advance()
            }
            func found(
                _ search: String? = nil,
                by order: ListOrder<ProgressGoalSort> = ProgressGoalSort.usual,
                _ change: (inout ProgressGoalFilter) -> Void = { _ in }
            ) async throws -> [String] {
                var filter = ProgressGoalFilter(scope: .everything)
                change(&filter)
                var (seen, after): ([String], ListPosition?) = ([], nil)
                repeat {
                    let request = ListRequest(
                        filter: filter, search: search, order: order, after: after, limit: 2)
                    let page = try await stores.progress.goals(request)
                    seen += page.items.map(\.title)
                    after = page.next
                } while after != nil
                return seen
            }
            #expect(try await found() == ["حفظ", "المَشي", "قراءة"])
            #expect(try await found(by: ListOrder(.dueAt)) == ["المَشي", "قراءة", "حفظ"])
            #expect(try await found(by: ListOrder(.title)).count == 3)
            #expect(try await found(by: ListOrder(.updatedAt)) == ["قراءة", "المَشي", "حفظ"])
            #expect(try await found("المشي") == ["المَشي"])
            #expect(try await found { $0.contact = contacts[0] } == ["قراءة"])
            #expect(try await found { $0.dueBefore = now } == ["المَشي"])
            #expect(try await found { $0.state = .reached } == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func aGoalGoesWithItsHistory(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let goal = try await Self.goal(stores, fixture)
            _ = try await stores.progress.add(goal, scope: .everything, fixture.writing())
            _ = try await stores.progress.checkIn(goal.id, scope: .everything, fixture.writing()) { goal in
                try goal.checkIn(.make(at: goal.createdAt), .value(1), note: "أول", by: "سارة", at: goal.createdAt)
            }
            let stale = try await code {
                try await stores.progress.remove(goal.id, scope: .everything, expected: 1, fixture.writing())
            }
            #expect(stale == .stale)
            try await stores.progress.remove(goal.id, scope: .everything, expected: 2, fixture.writing())
            #expect(try await fixture.query("SELECT id FROM progress_check_ins").isEmpty)
            let request = ListRequest<CheckInSort, Void>(filter: (), order: CheckInSort.usual, limit: 5)
            #expect(
                try await code { _ = try await stores.progress.checkIns(of: goal.id, scope: .everything, request) }
                    == .notFound)
        }
    }

    private static func goal(
        _ stores: StoreSet,
        _ fixture: StoreFixture,
        _ change: (inout ProgressGoal) -> Void = { _ in }
    ) async throws -> ProgressGoal {
        let now = fixture.clock.now
        let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
        var goal = ProgressGoal(id: .make(at: now), contact: contact.id, at: now)
        goal.title = "قراءة"
        goal.unit = "صفحة"
        goal.target = 100
        change(&goal)
        try goal.settle(at: now)
        return goal
    }
}

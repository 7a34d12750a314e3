import Domain
import Testing

@testable import Storage

/// Goals and places in training programs go with the contact that is merged, and come back.
@Suite struct MergedLearningTests {
    private struct Learning {
        let kept: ContactID
        let ended: ContactID
        let goal: ProgressGoal
        let place: TrainingProgress
        /// In a program in which both take part.
        let doubled: TrainingProgress
    }

    private static func learning(_ stores: StoreSet, _ fixture: StoreFixture) async throws -> Learning {
        let kept = try await stores.keep(fixture.contact("ليلى"), fixture).id
        let ended = try await stores.keep(fixture.contact("Layla"), fixture).id
        try await stores.keep(fixture.goal(of: kept), fixture)
        let goal = try await stores.keep(fixture.goal(of: ended), fixture)
        let alone = try await stores.keep(try fixture.program(), fixture)
        let both = try await stores.keep(try fixture.program(), fixture)
        try await stores.keep(fixture.enrolment(.contact(kept), both), fixture)
        return Learning(
            kept: kept,
            ended: ended,
            goal: goal,
            place: try await stores.keep(fixture.enrolment(.contact(ended), alone), fixture),
            doubled: try await stores.keep(fixture.enrolment(.contact(ended), both), fixture)
        )
    }

    private static func goals(_ contact: ContactID, _ stores: StoreSet) async throws -> Set<ProgressGoalID> {
        var filter = ProgressGoalFilter(scope: .everything)
        filter.contact = contact
        let request = ListRequest(filter: filter, order: ProgressGoalSort.usual, limit: 10)
        return Set(try await stores.progress.goals(request).items.map(\.id))
    }

    private static func places(_ contact: ContactID, _ stores: StoreSet) async throws -> Set<EnrolmentID> {
        var filter = EnrolmentFilter(scope: .everything)
        filter.contact = contact
        let request = ListRequest(filter: filter, order: EnrolmentSort.usual, limit: 10)
        return Set(try await stores.training.enrolments(request).items.map(\.enrolment.id))
    }

    @Test(arguments: Engine.allCases)
    func theyMoveAndComeBack(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let learning = try await Self.learning(stores, fixture)
            let (kept, ended) = (learning.kept, learning.ended)
            let placesBefore = try await Self.places(kept, stores)
            let merge = try await stores.merging.merge(ended, into: kept, scope: .everything, fixture.writing()).value()
            #expect(merge.moved.goals == [learning.goal.id])
            #expect(merge.moved.enrolments == [learning.place.enrolment.id])
            let logged = try await fixture.query("SELECT after_json FROM audit_logs WHERE action = 'contact.merged'")
            #expect("\(logged)".contains(learning.goal.id.text))
            #expect("\(logged)".contains(learning.place.enrolment.id.text))

            #expect(try await Self.goals(kept, stores).count == 2)
            #expect(try await Self.places(kept, stores) == placesBefore.union([learning.place.enrolment.id]))
            // The place that could not move is nobody's for now.
            let doubled = learning.doubled.enrolment
            #expect(
                try await stores.training.enrolment(doubled.id, of: doubled.program, scope: .everything) == nil)
            // The goal goes on where it is, and what is new stays there.
            let moved = try #require(try await stores.progress.goal(learning.goal.id, scope: .everything))
            #expect(moved.contact == kept && moved.version == 2)
            _ = try await stores.progress.checkIn(moved.id, scope: .everything, fixture.writing()) { goal in
                try goal.checkIn(
                    .make(at: fixture.clock.now), .value(4), note: nil, by: "سارة", at: fixture.clock.now)
            }
            let later = try await stores.keep(fixture.goal(of: kept, "لاحق"), fixture)

            let undone = try await stores.merging.unmerge(ended, scope: .everything, fixture.writing()).value()
            #expect(undone.moved == merge.moved)
            #expect(try await Self.goals(ended, stores) == [learning.goal.id])
            #expect(try await Self.goals(kept, stores).contains(later.id))
            #expect(try await stores.progress.goal(learning.goal.id, scope: .everything)?.current == 4)
            #expect(try await Self.places(kept, stores) == placesBefore)
            #expect(try await Self.places(ended, stores) == [learning.place.enrolment.id, doubled.id])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatWasRemovedSinceStaysRemoved(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let learning = try await Self.learning(stores, fixture)
            _ = try await stores.merging.merge(
                learning.ended, into: learning.kept, scope: .everything, fixture.writing())
            try await stores.progress.remove(
                learning.goal.id, scope: .everything, expected: nil, fixture.writing())
            let place = learning.place.enrolment
            try await stores.training.leave(
                place.id, of: place.program, scope: .everything, expected: nil, fixture.writing())
            _ = try await stores.merging.unmerge(learning.ended, scope: .everything, fixture.writing()).value()
            #expect(try await Self.goals(learning.ended, stores) == [])
            #expect(try await Self.places(learning.ended, stores) == [learning.doubled.enrolment.id])
        }
    }

    /// Whoever is merged away takes no goal any more.
    @Test(arguments: Engine.allCases)
    func nothingIsHungOnTheOneThatEnded(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let learning = try await Self.learning(stores, fixture)
            let program = try await stores.keep(try fixture.program(), fixture)
            _ = try await stores.merging.merge(
                learning.ended, into: learning.kept, scope: .everything, fixture.writing())
            #expect(
                try await code { try await stores.keep(fixture.goal(of: learning.ended), fixture) } == .invalid)
            #expect(
                try await code {
                    try await stores.keep(fixture.enrolment(.contact(learning.ended), program), fixture)
                } == .invalid)
        }
    }
}

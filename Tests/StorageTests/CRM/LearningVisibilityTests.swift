import Domain
import Testing

@testable import Storage

/// Goals and places in training programs are seen by those who see their contact.
@Suite struct LearningVisibilityTests {
    /// My own contact, nobody's, and two of somebody else: in the last I own a deal.
    private static func contacts(
        _ me: User,
        _ stores: StoreSet,
        _ fixture: StoreFixture
    ) async throws -> [(contact: ContactID, isSeen: Bool)] {
        let other = try await stores.makeUser("نورة", fixture)
        var contacts: [(ContactID, Bool)] = []
        for owner in [me.id, nil, other.id] {
            let contact = try await stores.keep(fixture.contact("ليلى") { $0.owner = owner }, fixture)
            contacts.append((contact.id, CRMScope.agent(me.id).seesContact(owner: owner, takesPart: false)))
        }
        let shared = try await stores.keep(fixture.contact("هند") { $0.owner = other.id }, fixture)
        try await stores.keep(fixture.newDeal("ص", of: shared.id) { $0.owner = me.id }, fixture)
        return contacts + [(shared.id, true)]
    }

    @Test(arguments: Engine.allCases)
    func goalsAreSeenWithTheirContact(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let me = try await stores.makeUser("عمر", fixture)
            let scope = CRMScope.agent(me.id)
            var seen: Set<ProgressGoalID> = []
            for (contact, isSeen) in try await Self.contacts(me, stores, fixture) {
                // Who owns the goal does not decide it.
                var goal = fixture.goal(of: contact)
                goal.owner = me.id
                goal = try await stores.keep(goal, fixture)
                if isSeen { seen.insert(goal.id) }
                let id = goal.id
                let expected: HubError.Code? = isSeen ? nil : .notFound
                #expect(try await (stores.progress.goal(id, scope: scope) != nil) == isSeen)
                let steps = ListRequest<CheckInSort, Void>(filter: (), order: CheckInSort.usual, limit: 5)
                #expect(
                    try await code { _ = try await stores.progress.checkIns(of: id, scope: scope, steps) } == expected)
                #expect(
                    try await code {
                        _ = try await stores.progress.checkIn(id, scope: scope, fixture.writing()) { goal in
                            let now = fixture.clock.now
                            return try goal.checkIn(.make(at: now), .delta(1), note: nil, by: "عمر", at: now)
                        }
                    } == expected)
                #expect(
                    try await code {
                        _ = try await stores.progress.change(id, scope: scope, expected: nil, fixture.writing()) {
                            $0.details = "ن"
                        }
                    } == expected)
                #expect(
                    try await code {
                        _ = try await stores.progress.add(fixture.goal(of: contact), scope: scope, fixture.writing())
                    } == (isSeen ? nil : .invalid))
                if !isSeen {
                    #expect(
                        try await code {
                            try await stores.progress.remove(id, scope: scope, expected: nil, fixture.writing())
                        } == .notFound)
                }
            }
            for search in [nil, "قراءه"] {
                let request = ListRequest(
                    filter: ProgressGoalFilter(scope: scope), search: search, order: ProgressGoalSort.usual, limit: 50)
                let listed = Set(try await stores.progress.goals(request).items.map(\.id))
                // Each contact that is seen got a second goal above.
                #expect(listed.isSuperset(of: seen) && listed.count == 2 * seen.count)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func placesAreSeenWithTheirContact(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let me = try await stores.makeUser("عمر", fixture)
            let scope = CRMScope.agent(me.id)
            let program = try await stores.keep(try fixture.program(), fixture)
            let staff = try await stores.makeUser("سارة", fixture)
            // The places of staff are seen by all.
            var seen = [try await stores.keep(fixture.enrolment(.user(staff.id), program), fixture).enrolment.id]
            for (contact, isSeen) in try await Self.contacts(me, stores, fixture) {
                let id = try await stores.keep(fixture.enrolment(.contact(contact), program), fixture).enrolment.id
                if isSeen { seen.append(id) }
                let expected: HubError.Code? = isSeen ? nil : .notFound
                #expect(
                    try await (stores.training.enrolment(id, of: program.id, scope: scope) != nil) == isSeen)
                #expect(
                    try await code {
                        _ = try await stores.training.mark(
                            program.modules[0].id, doneAt: fixture.clock.now, in: id, of: program.id, scope: scope,
                            fixture.writing()
                        ) { _ in }
                    } == expected)
                if !isSeen {
                    #expect(
                        try await code {
                            try await stores.training.leave(
                                id, of: program.id, scope: scope, expected: nil, fixture.writing())
                        } == .notFound)
                }
            }
            for program in [nil, program.id] {
                var filter = EnrolmentFilter(scope: scope)
                filter.program = program
                let request = ListRequest(filter: filter, order: EnrolmentSort.usual, limit: 50)
                let listed = try await stores.training.enrolments(request).items.map(\.enrolment.id)
                #expect(Set(listed) == Set(seen) && listed.count == seen.count)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func placesAreListedAcrossPrograms(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture).id
            var places: [TrainingProgress] = []
            for number in 0..<5 {
                fixture.clock.advance()
                var program = try fixture.program()
                if number == 4 { try program.set([]) }
                program = try await stores.keep(program, fixture)
                var place = try await stores.keep(fixture.enrolment(.contact(contact), program), fixture)
                // One module of the first, both of the second.
                for module in program.modules.prefix(number == 0 ? 1 : number == 1 ? 2 : 0) {
                    place = try await stores.training.mark(
                        module.id, doneAt: fixture.clock.now, in: place.enrolment.id, of: program.id,
                        scope: .everything, fixture.writing()
                    ) { _ in }
                }
                places.append(place)
            }
            for state in [nil] + TrainingProgress.State.allCases.map(Optional.some) {
                var filter = EnrolmentFilter(scope: .everything)
                filter.contact = contact
                filter.state = state
                var (listed, after): ([TrainingProgress], ListPosition?) = ([], nil)
                repeat {
                    let page = try await stores.training.enrolments(
                        ListRequest(filter: filter, order: ListOrder(.createdAt), after: after, limit: 2))
                    listed += page.items
                    after = page.next
                } while after != nil
                #expect(listed == places.filter { state == nil || $0.state == state })
            }
            #expect(places.map(\.state) == [.active, .completed, .active, .active, .active])
        }
    }
}

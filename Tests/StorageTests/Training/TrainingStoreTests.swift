import Domain
import Testing

@testable import Storage

@Suite struct TrainingStoreTests {
    @Test(arguments: Engine.allCases)
    func aProgramIsReadBackWholeAndChanged(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let program = try fixture.program()
            #expect(try await stores.training.add(program, fixture.writing()).value() == program)
            #expect(try await stores.training.program(program.id) == program)
            let changed = try await stores.training.change(program.id, expected: 1, fixture.writing()) { program in
                try program.set(program.modules.reversed())
            }
            #expect(changed.version == 2 && changed.modules == program.modules.reversed())
            let stale = try await code {
                _ = try await stores.training.change(program.id, expected: 1, fixture.writing()) { $0.titleAr = "ب" }
            }
            #expect(stale == .stale)
            for (search, count) in [("المبيعات", 1), ("مبيعات sales", 1), ("غيرها", 0)] {
                let request = ListRequest(
                    filter: TrainingProgramFilter(), search: search, order: TrainingProgramSort.usual, limit: 5)
                #expect(try await stores.training.programs(request).items.count == count, "\(search)")
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func aLearnerTakesPartOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let other = try await fixture.open()
            let program = try fixture.program()
            _ = try await stores.training.add(program, fixture.writing())
            let learner = Enrolment.Learner.contact(try await stores.keep(fixture.contact("ليلى"), fixture).id)
            let outcomes = try await withThrowingTaskGroup(of: HubError.Code?.self) { group in
                for number in 0..<8 {
                    let training = (number % 2 == 0 ? stores : other).training
                    let enrolment = fixture.enrolment(learner, program)
                    group.addTask {
                        try await code {
                            _ = try await training.enrol(enrolment, scope: .everything, fixture.writing())
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1 && outcomes.count { $0 == .conflict } == 7)
            let refused = try await code {
                try await stores.training.remove(program.id, expected: nil, fixture.writing())
            }
            #expect(refused == .conflict)
        }
    }

    @Test(arguments: Engine.allCases)
    func onlyAnActiveProgramTakesLearnersWhoExist(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let program = try fixture.program()
            _ = try await stores.training.add(program, fixture.writing())
            let nobody = fixture.enrolment(.user(.make(at: fixture.clock.now)), program)
            let stranger = fixture.enrolment(.contact(.make(at: fixture.clock.now)), program)
            for learner in [nobody, stranger] {
                #expect(
                    try await code {
                        _ = try await stores.training.enrol(learner, scope: .everything, fixture.writing())
                    } == .invalid)
            }
            _ = try await stores.training.change(program.id, expected: nil, fixture.writing()) { $0.state = .draft }
            let early = fixture.enrolment(.contact(.make(at: fixture.clock.now)), program)
            #expect(
                try await code { _ = try await stores.training.enrol(early, scope: .everything, fixture.writing()) }
                    == .conflict)
        }
    }

    @Test(arguments: Engine.allCases)
    func modulesAreDoneOneByOne(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let program = try fixture.program()
            _ = try await stores.training.add(program, fixture.writing())
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
            let enrolment = fixture.enrolment(.contact(contact.id), program)
            _ = try await stores.training.enrol(enrolment, scope: .everything, fixture.writing())
            func mark(_ module: TrainingModuleID, _ moment: Timestamp?) async throws -> TrainingProgress {
                fixture.clock.advance()
                return try await stores.training.mark(
                    module, doneAt: moment, in: enrolment.id, of: program.id, scope: .everything, fixture.writing()
                ) { _ in }
            }
            let first = fixture.clock.now
            #expect(try await mark(program.modules[0].id, first).percent == 50)
            // Done is done: the first time stays.
            let again = try await mark(program.modules[0].id, first + .seconds(5))
            #expect(again.enrolment.completions[program.modules[0].id] == first && again.version == 2)
            let all = try await mark(program.modules[1].id, first + .seconds(9))
            #expect(all.percent == 100 && all.completedAt == first + .seconds(9))
            #expect(try await stores.training.enrolment(enrolment.id, of: program.id, scope: .everything) == all)
            #expect(try await mark(program.modules[0].id, nil).percent == 50)
            let unknown = try await code { _ = try await mark(.make(at: first), first) }
            #expect(unknown == .notFound)

            var filter = EnrolmentFilter(scope: .everything)
            filter.user = .make(at: first)
            let request = ListRequest(filter: filter, order: EnrolmentSort.usual, limit: 5)
            #expect(try await stores.training.enrolments(request).items.isEmpty)
            try await stores.training.leave(
                enrolment.id, of: program.id, scope: .everything, expected: 4, fixture.writing())
            #expect(try await stores.training.enrolment(enrolment.id, of: program.id, scope: .everything) == nil)
        }
    }
}

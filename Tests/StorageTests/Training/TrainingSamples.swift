import Domain

@testable import Storage

extension StoreFixture {
    /// An active program with two modules.
    func program() throws -> TrainingProgram {
        let now = clock.now
        var program = TrainingProgram(id: .make(at: now), at: now)
        program.titleAr = "المَبيعات"
        program.titleEn = "Sales"
        program.state = .active
        try program.set([
            TrainingModule(id: .make(at: now), title: "أول", link: "https://learn.example/1", minutes: 20),
            TrainingModule(id: .make(at: now), title: "ثان", link: nil, minutes: 25),
        ])
        return program
    }

    func enrolment(_ learner: Enrolment.Learner, _ program: TrainingProgram) -> Enrolment {
        Enrolment(id: .make(at: clock.now), program: program.id, learner: learner, at: clock.now)
    }

    func goal(of contact: ContactID, _ title: String = "قراءة") -> ProgressGoal {
        var goal = ProgressGoal(id: .make(at: clock.now), contact: contact, at: clock.now)
        goal.title = title
        goal.unit = "صفحة"
        goal.target = 10
        return goal
    }
}

extension StoreSet {
    @discardableResult
    func keep(_ program: TrainingProgram, _ fixture: StoreFixture) async throws -> TrainingProgram {
        try await training.add(program, fixture.writing()).value()
    }

    @discardableResult
    func keep(_ enrolment: Enrolment, _ fixture: StoreFixture) async throws -> TrainingProgress {
        try await training.enrol(enrolment, scope: .everything, fixture.writing()).value()
    }

    @discardableResult
    func keep(_ goal: ProgressGoal, _ fixture: StoreFixture) async throws -> ProgressGoal {
        try await progress.add(goal, scope: .everything, fixture.writing()).value()
    }
}

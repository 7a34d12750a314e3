import Domain
import Testing

@Suite struct TrainingProgressTests {
    private static let moment = Timestamp(milliseconds: 1_790_000_000_000)
    private static let modules = (1...3).map { number in
        TrainingModule(id: .make(at: moment + .seconds(number)), title: "\(number)", link: nil, minutes: 10)
    }

    @Test func percentAndEndFollowFromWhatWasDone() {
        var enrolment = Self.enrolment
        #expect(Self.progress(enrolment).percent == 0)
        enrolment.completions[Self.modules[2].id] = Self.moment + .seconds(50)
        #expect(Self.progress(enrolment).percent == 33 && Self.progress(enrolment).completedAt == nil)
        enrolment.completions[Self.modules[0].id] = Self.moment + .seconds(90)
        enrolment.completions[Self.modules[1].id] = Self.moment + .seconds(70)
        #expect(Self.progress(enrolment).percent == 100)
        #expect(Self.progress(enrolment).completedAt == Self.moment + .seconds(90))
    }

    @Test func onlyModulesOfTheProgramCount() {
        var enrolment = Self.enrolment
        for module in Self.modules { enrolment.completions[module.id] = Self.moment }
        let fewer = TrainingProgress(enrolment, modules: Array(Self.modules.prefix(1)))
        #expect(fewer.percent == 100 && fewer.completedAt == Self.moment)
        let new = TrainingModule(id: .make(at: Self.moment), title: "4", link: nil, minutes: 1)
        let more = TrainingProgress(enrolment, modules: Self.modules + [new])
        #expect(more.percent == 75 && more.completedAt == nil)
        let empty = TrainingProgress(enrolment, modules: [])
        #expect(empty.percent == 0 && empty.completedAt == nil)
    }

    @Test func aModuleStandsInAProgramOnce() throws {
        var program = TrainingProgram(id: .make(at: Self.moment), at: Self.moment)
        try program.set(Self.modules)
        #expect(program.minutes == 30 && program.has(Self.modules[1].id))
        #expect(throws: HubError.self) { try program.set(Self.modules + [Self.modules[0]]) }
        #expect(program.modules == Self.modules)
    }

    private static var enrolment: Enrolment {
        Enrolment(
            id: .make(at: moment), program: .make(at: moment), learner: .contact(.make(at: moment)), at: moment)
    }

    private static func progress(_ enrolment: Enrolment) -> TrainingProgress {
        TrainingProgress(enrolment, modules: modules)
    }
}

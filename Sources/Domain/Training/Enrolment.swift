/// Somebody who takes part in a program, and what they have done of it.
package struct Enrolment: Versioned, Sendable, Equatable {
    package enum Learner: Sendable, Equatable {
        case contact(ContactID)
        case user(UserID)
    }

    package let id: EnrolmentID
    package let program: TrainingProgramID
    package let learner: Learner
    package var version: Int64
    /// When each module was done. May hold modules that the program has no more.
    package var completions: [TrainingModuleID: Timestamp]
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    package init(id: EnrolmentID, program: TrainingProgramID, learner: Learner, at moment: Timestamp) {
        self.id = id
        self.program = program
        self.learner = learner
        version = 1
        completions = [:]
        createdAt = moment
        changedAt = moment
    }
}

/// How far a learner is: an enrolment in the light of its program.
package struct TrainingProgress: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case active
        /// Every module that the program has now is done.
        case completed
    }

    package let enrolment: Enrolment
    package let modules: [TrainingModule]

    package init(_ enrolment: Enrolment, in program: TrainingProgram) {
        self.init(enrolment, modules: program.modules)
    }

    package init(_ enrolment: Enrolment, modules: [TrainingModule]) {
        self.enrolment = enrolment
        self.modules = modules
    }

    private var done: [Timestamp] { modules.compactMap { enrolment.completions[$0.id] } }

    /// Of the modules that the program has now, from 0 to 100, rounded down; 0 for a program without modules.
    package var percent: Int64 {
        modules.isEmpty ? 0 : Int64(done.count * 100 / modules.count)
    }

    /// When the last module was done; nil while one is not.
    package var completedAt: Timestamp? {
        let done = done
        return done.count == modules.count ? done.max() : nil
    }

    package var state: State { completedAt == nil ? .active : .completed }
}

package enum TrainingProgramIDKind: IDKind { package static let letter = UInt8(ascii: "y") }
package enum TrainingModuleIDKind: IDKind { package static let letter = UInt8(ascii: "x") }
package enum EnrolmentIDKind: IDKind { package static let letter = UInt8(ascii: "e") }

package typealias TrainingProgramID = ID<TrainingProgramIDKind>
package typealias TrainingModuleID = ID<TrainingModuleIDKind>
package typealias EnrolmentID = ID<EnrolmentIDKind>

/// What contacts and staff can learn: modules in an order.
package struct TrainingProgram: Versioned, Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case draft
        /// Learners can be enrolled.
        case active
        case archived
    }

    package let id: TrainingProgramID
    package var version: Int64
    package var titleAr: String
    package var titleEn: String?
    package var descriptionAr: String?
    package var descriptionEn: String?
    package var state: State
    package private(set) var modules: [TrainingModule]
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A draft without modules, to be filled in.
    package init(id: TrainingProgramID, at moment: Timestamp) {
        self.id = id
        version = 1
        titleAr = ""
        state = .draft
        modules = []
        createdAt = moment
        changedAt = moment
    }

    /// What a search finds it by.
    package var searchText: String {
        [titleAr, titleEn, descriptionAr, descriptionEn].compactMap(\.self).joined(separator: " ")
    }

    package var minutes: Int64 { modules.reduce(0) { $0 + $1.minutes } }

    package func has(_ module: TrainingModuleID) -> Bool { modules.contains { $0.id == module } }

    /// Throws `invalid` when a module stands there twice.
    package mutating func set(_ modules: [TrainingModule]) throws(HubError) {
        guard Set(modules.map(\.id)).count == modules.count else {
            throw .invalid([FieldProblem("/modules", "conflict", "has the same id twice")])
        }
        self.modules = modules
    }
}

/// A step of a program.
package struct TrainingModule: Sendable, Equatable {
    package let id: TrainingModuleID
    package let title: String
    /// Where its content is.
    package let link: String?
    package let minutes: Int64

    package init(id: TrainingModuleID, title: String, link: String?, minutes: Int64) {
        self.id = id
        self.title = title
        self.link = link
        self.minutes = minutes
    }
}

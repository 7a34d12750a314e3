/// A member of staff with an account.
package struct User: Sendable, Equatable {
    package enum Role: String, Sendable, CaseIterable {
        case admin, supervisor, agent

        /// May delete what others wrote.
        package var isModerator: Bool {
            switch self {
            case .admin, .supervisor: true
            case .agent: false
            }
        }
    }

    package let id: UserID
    /// Lower-cased; unique.
    package let email: String
    package let name: String
    package let role: Role
    package let isDisabled: Bool
    package let createdAt: Timestamp

    package init(id: UserID, email: String, name: String, role: Role, isDisabled: Bool, createdAt: Timestamp) {
        self.id = id
        self.email = email
        self.name = name
        self.role = role
        self.isDisabled = isDisabled
        self.createdAt = createdAt
    }

    package var participant: Participant { Participant(kind: .staff, id: id.text, name: name) }
}

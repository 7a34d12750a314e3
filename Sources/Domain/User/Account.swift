/// A member of staff as administrators keep them; `User` is the part that every request looks up.
package struct Account: Versioned, Sendable, Equatable {
    package let id: UserID
    /// Rises with every change.
    package var version: Int64
    /// Lower-cased; unique.
    package let email: String
    package var name: String
    package var role: User.Role
    package var isDisabled: Bool
    /// Conversations that may be handed to them at once.
    package var capacity: Int64
    package var language: Language
    package var teams: [TeamID]
    /// Whether they have yet to choose a password.
    package var isInvited: Bool
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    package static let usualCapacity: Int64 = 5

    /// An active agent without a name, to be filled in.
    package init(id: UserID, email: String, isInvited: Bool, at moment: Timestamp) {
        self.id = id
        version = 1
        self.email = email.lowercased()
        name = ""
        role = .agent
        isDisabled = false
        capacity = Self.usualCapacity
        language = .arabic
        teams = []
        self.isInvited = isInvited
        createdAt = moment
        changedAt = moment
    }

    /// One with a password and all else as usual.
    package init(_ user: User) {
        self.init(id: user.id, email: user.email, isInvited: false, at: user.createdAt)
        name = user.name
        role = user.role
        isDisabled = user.isDisabled
    }

    package var user: User {
        User(id: id, email: email, name: name, role: role, isDisabled: isDisabled, createdAt: createdAt)
    }

    /// Whether they can sign in and administer; somebody always must.
    package var isActiveAdmin: Bool { role == .admin && !isDisabled && !isInvited }

    package var searchText: String { "\(name) \(email)" }

    /// Whether a change of `old` into this ends what was signed in.
    package func endsSessions(of old: Account) -> Bool {
        isDisabled && !old.isDisabled || role != old.role
    }

    /// Throws `conflict` when somebody would change what they themselves may do, or shut themselves out.
    package func check(changedFrom old: Account, by caller: UserID) throws(HubError) {
        guard caller == id, role != old.role || isDisabled != old.isDisabled else { return }
        throw .conflict("nobody changes their own role or disables themselves: ask another administrator")
    }
}

/// A language that people at the hub are spoken to in.
package enum Language: String, Sendable, CaseIterable {
    case arabic = "ar"
    case english = "en"

    /// As HTML names it.
    var direction: String {
        switch self {
        case .arabic: "rtl"
        case .english: "ltr"
        }
    }
}

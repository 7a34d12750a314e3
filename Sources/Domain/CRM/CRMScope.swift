/// Which contacts, leads and deals a member of staff sees: the one place that says so.
///
/// The goals of a contact and its places in training programs are seen with it.
///
/// Lists and single reads ask the database the same (`ScopeCondition` in Storage); what is hidden answers as if it
/// were not there.
package enum CRMScope: Sendable, Equatable {
    case everything
    case agent(UserID)

    package init(of user: User) {
        switch user.role {
        case .admin, .supervisor: self = .everything
        case .agent: self = .agent(user.id)
        }
    }

    /// A contact is seen by its owner, by all when it has none, and by who takes part: who owns a lead or a deal of
    /// it, or is responsible for its conversation.
    package func seesContact(owner: UserID?, takesPart: Bool) -> Bool {
        switch self {
        case .everything: true
        case .agent(let user): owner == nil || owner == user || takesPart
        }
    }

    /// A lead or deal is seen by its owner and by the owner of its contact; by all when neither is anybody.
    package func seesWork(owner: UserID?, contactOwner: UserID?) -> Bool {
        switch self {
        case .everything: true
        case .agent(let user): owner == user || contactOwner == user || (owner == nil && contactOwner == nil)
        }
    }
}

/// Who is acting, after they proved it. Indirect: every room a person has joined keeps it.
package indirect enum Principal: Sendable, Equatable {
    case visitor(Visitor)
    case staff(User)

    package var participant: Participant {
        switch self {
        case .visitor(let visitor): visitor.participant
        case .staff(let user): user.participant
        }
    }

    package var isStaff: Bool {
        switch self {
        case .visitor: false
        case .staff: true
        }
    }

    package var audience: Audience {
        switch self {
        case .visitor: .customer
        case .staff: .staff
        }
    }

    package var isModerator: Bool {
        switch self {
        case .visitor: false
        case .staff(let user): user.role.isModerator
        }
    }
}

/// For whose eyes a frame is written: customers see of staff a display name and nothing else.
package enum Audience: Sendable, Hashable, CaseIterable {
    case customer, staff
}

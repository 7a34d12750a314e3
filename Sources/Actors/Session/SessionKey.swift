package import Domain

/// Who a session belongs to.
package enum SessionKey: Sendable, Hashable {
    case visitor(VisitorID)
    case staff(UserID)

    init(_ principal: Principal) {
        switch principal {
        case .visitor(let visitor): self = .visitor(visitor.id)
        case .staff(let user): self = .staff(user.id)
        }
    }
}

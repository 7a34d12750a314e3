/// Whoever calls the API with a token.
package indirect enum Requester: Sendable, Equatable {
    case visitor(Visitor)
    case staff(Caller)

    /// Whose requests these are, for rate limits.
    package var key: String {
        switch self {
        case .visitor(let visitor): visitor.id.text
        case .staff(let caller): caller.key
        }
    }

    package var principal: Principal {
        switch self {
        case .visitor(let visitor): .visitor(visitor)
        case .staff(let caller): .staff(caller.user)
        }
    }
}

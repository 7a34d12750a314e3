/// Where a code is on its way to a customer, and what may happen to it next.
package enum CodeState: Sendable, Equatable {
    /// Can become: `reserved`, `sold`, `revoked`.
    case available
    /// Held for somebody. Can become: `sold`, `available`, `revoked`.
    case reserved(until: Timestamp)
    /// Given out, which cannot be taken back. Can become: `revoked`.
    case sold
    /// Never to be used again.
    case revoked

    package enum Name: String, Sendable, CaseIterable {
        case available, reserved, sold, revoked
    }

    package enum Input: Sendable, Equatable {
        case reserve(until: Timestamp)
        case sell
        /// Back from a reservation.
        case release
        case revoke
        /// Ends reservations that are over, and what has expired unsold.
        case timePassed
    }

    package var name: Name {
        switch self {
        case .available: .available
        case .reserved: .reserved
        case .sold: .sold
        case .revoked: .revoked
        }
    }

    package var reservedUntil: Timestamp? {
        if case .reserved(let moment) = self { moment } else { nil }
    }

    /// What it is after `input`. Throws `conflict` for what may not happen.
    ///
    /// A reservation that is over counts as none, also before `timePassed` has written that down. What has expired is
    /// neither reserved nor sold.
    package func after(_ input: Input, at now: Timestamp, expiresAt: Timestamp?) throws(HubError) -> CodeState {
        let isExpired = expiresAt.map { $0 <= now } ?? false
        switch (settled(at: now), input) {
        case (.available, .reserve), (.available, .sell), (.reserved, .sell):
            guard !isExpired else { throw .conflict("the code has expired") }
            if case .reserve(let until) = input { return .reserved(until: until) }
            return .sold
        case (.available, .timePassed):
            return isExpired ? .revoked : .available
        case (.available, .release):
            throw .conflict("the code is not reserved")
        case (.reserved, .reserve):
            throw .conflict("the code is reserved already")
        case (.reserved, .release):
            return .available
        case (.reserved, .timePassed):
            return self
        case (.available, .revoke), (.reserved, .revoke), (.sold, .revoke):
            return .revoked
        case (.sold, .timePassed), (.revoked, .timePassed):
            return self
        case (.sold, .reserve), (.sold, .sell), (.sold, .release):
            throw .conflict("the code is sold, and cannot be taken back: revoke it")
        case (.revoked, .reserve), (.revoked, .sell), (.revoked, .release), (.revoked, .revoke):
            throw .conflict("the code is revoked")
        }
    }

    private func settled(at now: Timestamp) -> CodeState {
        if case .reserved(let until) = self, until <= now { .available } else { self }
    }
}

/// Bounds how often passwords can be guessed: per account and per address.
///
/// Accounts are counted by what was typed, whether they exist or not, so that the limit tells nothing. The bound on
/// memory is `maxTracked` of each.
package struct LoginLimiter: Sendable {
    private var accounts: KeyedBuckets<String>
    private var addresses: KeyedBuckets<NetworkAddress?>

    package init(_ limits: LoginLimits) {
        accounts = KeyedBuckets(
            capacity: limits.accountBurst,
            refillPerSecond: limits.accountPerMinute / 60,
            maxKeys: limits.maxTracked
        )
        addresses = KeyedBuckets(
            capacity: limits.addressBurst,
            refillPerSecond: limits.addressPerMinute / 60,
            maxKeys: limits.maxTracked
        )
    }

    /// Counts an attempt before the password is looked at. Throws `rate_limited`.
    ///
    /// - Parameter address: Nil for peers without one, which are counted together.
    package mutating func begin(account: String, address: NetworkAddress?, at now: Timestamp) throws(HubError) {
        let wait = addresses.take(for: address?.network, at: now) ?? accounts.take(for: account, at: now)
        guard let wait else { return }
        throw HubError(.rateLimited, "Too many sign-ins. Wait a little, then try again.", retryAfter: wait)
    }

    /// The password was right: the attempt is not held against anybody.
    package mutating func succeeded(account: String, address: NetworkAddress?) {
        addresses.giveBack(to: address?.network)
        accounts.giveBack(to: account)
    }
}

/// How often sign-ins may be tried.
package struct LoginLimits: Sendable, Equatable {
    /// Attempts on one account at once: forgives a forgotten password.
    package var accountBurst = 10.0
    package var accountPerMinute = 6.0
    /// Attempts from one address at once, on whatever account: an office behind one router in the morning.
    package var addressBurst = 60.0
    package var addressPerMinute = 60.0
    /// Accounts, and addresses, that are remembered; each costs about 100 bytes.
    package var maxTracked = 20_000
    /// How long a sign-in lasts without use. 30 days: a phone on holiday stays signed in.
    package static let usualRefreshLifetime = Duration.seconds(30 * 24 * 3600)

    package init() {}
}

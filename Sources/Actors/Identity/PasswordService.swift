package import Domain

/// What people do with their own passwords: choose one by a link, change one.
package struct PasswordService: Sendable {
    private let users: any UserStore
    private let accounts: any AccountStore
    private let hasher: any PasswordHasher
    private let secrets: any SecretTokens
    private let sessions: SessionDirectory
    private let throttle: LoginThrottle
    private let audit: LoginAudit
    private let now: @Sendable () -> Timestamp

    package init(
        users: any UserStore,
        accounts: any AccountStore,
        hasher: any PasswordHasher,
        secrets: any SecretTokens,
        sessions: SessionDirectory,
        throttle: LoginThrottle,
        audit: LoginAudit,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.users = users
        self.accounts = accounts
        self.hasher = hasher
        self.secrets = secrets
        self.sessions = sessions
        self.throttle = throttle
        self.audit = audit
        self.now = now
    }

    /// Uses a link up and sets the password; every login of the account ends.
    ///
    /// Throws `unauthorized` for a link that is not good, `invalid` for a password that is too short,
    /// `rate_limited` as for sign-ins.
    package func redeem(
        _ token: String,
        for purpose: AccountLink.Purpose,
        password: String,
        from origin: RequestOrigin
    ) async throws {
        try PasswordRule.check(password, at: "/password")
        let link = secrets.digest(token)
        try throttle.begin(account: link, address: origin.address, at: now())
        // Guesses cost a read; only whoever has a link makes the hub hash.
        guard let holder = try await accounts.holder(ofLink: link, for: purpose, at: now()) else {
            throw AccountLink.refused
        }
        let hash = try await hasher.hash(password)
        let user = try await accounts.use(
            linkWithHash: link, for: purpose, passwordHash: hash, Writing(by: origin.actor(holder), at: now()))
        throttle.succeeded(account: link, address: origin.address)
        sessions.endedLogins(of: user.id)
    }

    /// Changes one's own password; one's other logins end.
    ///
    /// Throws `invalid` for a wrong old or a short new one, `rate_limited` as for sign-ins.
    package func change(
        of user: User,
        in family: SessionID,
        from old: String,
        to new: String,
        _ origin: RequestOrigin
    ) async throws {
        try PasswordRule.check(new, at: "/new_password")
        try throttle.begin(account: user.email, address: origin.address, at: now())
        let hash = try await users.credentials(email: user.email)?.passwordHash
        guard try await hasher.verify(old, against: hash) else {
            try await audit.refused(user, from: origin)
            throw HubError.invalid([FieldProblem("/old_password", "conflict", "is not your password")])
        }
        throttle.succeeded(account: user.email, address: origin.address)
        let login = StaffLogin(user: user.id, family: family)
        try await accounts.setPassword(
            try await hasher.hash(new), of: login, Writing(by: origin.actor(user), at: now()))
        sessions.endedLogins(of: user.id, otherThan: family)
    }
}

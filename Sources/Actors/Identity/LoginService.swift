package import Domain

/// Signs staff in and out: passwords for tokens, refresh tokens for new ones.
///
/// Refresh tokens are used once. Using one twice means that it was copied: the whole family is revoked and its
/// sockets are closed (RFC 9700 section 4.14.2).
package struct LoginService: Sendable {
    private let users: any UserStore
    private let hasher: any PasswordHasher
    private let accessTokens: any AccessTokens
    private let secrets: any SecretTokens
    private let sessions: SessionDirectory
    private let throttle: LoginThrottle
    private let audit: LoginAudit
    private let refreshLifetime: Duration
    private let now: @Sendable () -> Timestamp

    package init(
        users: any UserStore,
        hasher: any PasswordHasher,
        accessTokens: any AccessTokens,
        secrets: any SecretTokens,
        sessions: SessionDirectory,
        throttle: LoginThrottle,
        audit: LoginAudit,
        refreshLifetime: Duration,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.users = users
        self.hasher = hasher
        self.accessTokens = accessTokens
        self.secrets = secrets
        self.sessions = sessions
        self.throttle = throttle
        self.audit = audit
        self.refreshLifetime = refreshLifetime
        self.now = now
    }

    /// Throws `unauthorized`, the same and after the same time for an unknown e-mail, a wrong password and a
    /// disabled account; `rate_limited` after too many attempts.
    package func login(email: String, password: String, from origin: RequestOrigin) async throws -> LoginTokens {
        let account = email.lowercased()
        try throttle.begin(account: account, address: origin.address, at: now())
        let credentials = try await users.credentials(email: account)
        let isRight = try await hasher.verify(password, against: credentials?.passwordHash)
        guard isRight, let user = credentials?.user, !user.isDisabled else {
            try await audit.refused(credentials?.user, from: origin)
            throw HubError.unauthorized("the e-mail or the password is wrong")
        }
        throttle.succeeded(account: account, address: origin.address)
        let moment = now()
        let family = SessionID.make(at: moment)
        let token = secrets.make()
        try await users.addRefreshToken(
            RefreshToken(
                hash: secrets.digest(token),
                family: family,
                user: user.id,
                issuedAt: moment,
                expiresAt: moment + refreshLifetime
            ))
        // Before the tokens are handed out: whoever has some is in the log.
        try await audit.signedIn(user, from: origin)
        return try await tokens(for: user, family: family, refreshToken: token)
    }

    /// Throws `unauthorized` when the token is unknown, used, expired or revoked.
    package func refresh(_ token: String, from origin: RequestOrigin) async throws -> LoginTokens {
        let successor = secrets.make()
        let moment = now()
        let outcome = try await users.rotateRefreshToken(
            hash: secrets.digest(token),
            successorHash: secrets.digest(successor),
            expiresAt: moment + refreshLifetime,
            at: moment
        )
        switch outcome {
        case .rotated(let user, let family):
            return try await tokens(for: user, family: family, refreshToken: successor)
        case .reused(let login):
            sessions.ended(login)
            try await audit.reused(login, from: origin)
            throw Self.refused
        case .refused:
            throw Self.refused
        }
    }

    /// Ends the login the token belongs to, with its sockets; an unknown token is no error.
    package func logout(_ token: String, from origin: RequestOrigin) async throws {
        guard let ended = try await users.revokeRefreshFamily(ofHash: secrets.digest(token), at: now()) else { return }
        sessions.ended(ended)
        try await audit.signedOut(ended, from: origin)
    }

    private static let refused = HubError.unauthorized("this refresh token is not good any more: sign in again")

    private func tokens(for user: User, family: SessionID, refreshToken: String) async throws -> LoginTokens {
        let issued = try await accessTokens.issue(for: user, family: family, at: now())
        return LoginTokens(
            user: user, accessToken: issued.token, refreshToken: refreshToken, expiresIn: issued.lifetime)
    }
}

/// What a successful sign-in gives.
package struct LoginTokens: Sendable {
    package let user: User
    package let accessToken: String
    package let refreshToken: String
    package let expiresIn: Duration
}

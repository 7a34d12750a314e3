package import Domain

/// Signs staff in and out: passwords for tokens, refresh tokens for new ones.
///
/// Refresh tokens are used once. Using one twice means that it was copied: the whole family is revoked and its
/// sockets are closed (RFC 9700 section 4.14.2).
package actor LoginService {
    private let users: any UserStore
    private let hasher: any PasswordHasher
    private let accessTokens: any AccessTokens
    private let secrets: any SecretTokens
    private let sessions: SessionDirectory
    private let refreshLifetime: Duration
    private let now: @Sendable () -> Timestamp
    private var limiter: LoginLimiter

    package init(
        users: any UserStore,
        hasher: any PasswordHasher,
        accessTokens: any AccessTokens,
        secrets: any SecretTokens,
        sessions: SessionDirectory,
        limits: LoginLimits,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.users = users
        self.hasher = hasher
        self.accessTokens = accessTokens
        self.secrets = secrets
        self.sessions = sessions
        self.now = now
        refreshLifetime = limits.refreshLifetime
        limiter = LoginLimiter(limits)
    }

    /// Throws `unauthorized`, the same and after the same time for an unknown e-mail, a wrong password and a
    /// disabled account; `rate_limited` after too many attempts.
    ///
    /// - Parameter address: Where the attempt comes from; nil for peers without an address.
    package func login(email: String, password: String, address: NetworkAddress?) async throws -> LoginTokens {
        let account = email.lowercased()
        try limiter.begin(account: account, address: address, at: now())
        let credentials = try await users.credentials(email: account)
        let isRight = try await hasher.verify(password, against: credentials?.passwordHash)
        guard isRight, let user = credentials?.user, !user.isDisabled else {
            throw HubError.unauthorized("the e-mail or the password is wrong")
        }
        limiter.succeeded(account: account, address: address)
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
        return try await tokens(for: user, family: family, refreshToken: token)
    }

    /// Throws `unauthorized` when the token is unknown, used, expired or revoked.
    package func refresh(_ token: String) async throws -> LoginTokens {
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
            throw Self.refused
        case .refused:
            throw Self.refused
        }
    }

    /// Ends the login the token belongs to, with its sockets; an unknown token is no error.
    package func logout(_ token: String) async throws {
        guard let ended = try await users.revokeRefreshFamily(ofHash: secrets.digest(token), at: now()) else { return }
        sessions.ended(ended)
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

import Domain

/// Access tokens for one calendar: kept while they are good, and asked for once at a time.
actor GoogleAccess {
    private let account: GoogleAccount
    private let client: OutboundClient
    private let timeout: Duration
    private let keep: @Sendable (String) async -> Void
    private var refreshToken: String
    private var token: GoogleToken?
    private var refresh: Task<Result<GoogleToken, GoogleError>, Never>?

    /// - Parameter keep: Gets a refresh token that takes the place of the one before.
    init(
        _ account: GoogleAccount,
        _ client: OutboundClient,
        _ timeout: Duration,
        keep: @escaping @Sendable (String) async -> Void
    ) {
        self.account = account
        self.client = client
        self.timeout = timeout
        self.keep = keep
        refreshToken = account.refreshToken
    }

    /// Whether it would do what one with this account does: the refresh token may be one that it was given itself.
    func worksAs(_ other: GoogleAccount) -> Bool {
        refreshToken == other.refreshToken && account.isSame(as: other)
    }

    /// - Parameter stale: A token that Google has just refused.
    func token(at moment: Timestamp, insteadOf stale: GoogleToken? = nil) async -> Result<GoogleToken, GoogleError> {
        if let token, token.goodUntil > moment, token.text != stale?.text { return .success(token) }
        if let refresh { return await refresh.value }
        let task = Task { await self.exchange(at: moment) }
        refresh = task
        let result = await task.value
        refresh = nil
        return result
    }

    private func exchange(at moment: Timestamp) async -> Result<GoogleToken, GoogleError> {
        token = nil
        var result = await ask(at: moment)
        // Google's own trouble, which it says passes at once.
        if case .failure(.away) = result { result = await ask(at: moment) }
        guard case .success(let new) = result else { return result }
        token = new
        if let next = new.newRefreshToken, next != refreshToken {
            refreshToken = next
            await keep(next)
        }
        return result
    }

    private func ask(at moment: Timestamp) async -> Result<GoogleToken, GoogleError> {
        guard case .answer(let answer) = await client.send(.token(of: account, refreshToken), within: timeout) else {
            return .failure(.away)
        }
        guard answer.status == 200 else {
            return .failure(
                GoogleError(tokenStatus: answer.status, json: answer.json, retryAfter: answer.retryAfter))
        }
        guard let token = GoogleToken(json: answer.json, at: moment) else { return .failure(.away) }
        return .success(token)
    }
}

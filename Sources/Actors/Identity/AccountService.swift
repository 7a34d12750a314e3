package import Domain

/// What administrators do with accounts: invite, change, hand out links.
///
/// A link is answered once and stored by its hash. Whoever is disabled or gets another role is disconnected at once:
/// here by the directory, from other hubs by the change feed.
package struct AccountService: Sendable {
    private let accounts: any AccountStore
    private let secrets: any SecretTokens
    private let sessions: SessionDirectory
    private let limits: AccountLinkLimits
    private let publicURL: String

    /// - Parameter publicURL: What links begin with; empty for links that begin with the path.
    package init(
        accounts: any AccountStore,
        secrets: any SecretTokens,
        sessions: SessionDirectory,
        limits: AccountLinkLimits,
        publicURL: String
    ) {
        self.accounts = accounts
        self.secrets = secrets
        self.sessions = sessions
        self.limits = limits
        self.publicURL = publicURL
    }

    /// Throws `conflict` when the e-mail is taken, `invalid` for an unknown team.
    package func invite(_ account: Account, _ writing: Writing<Account>) async throws -> IssuedLink {
        let (link, address) = makeLink(.invitation, for: account.id, at: writing.at)
        let made = try await accounts.invite(account, by: link, writing)
        return IssuedLink(account: made, address: address, expiresAt: link.expiresAt)
    }

    /// A link in place of the one before. Throws as `AccountStore.put`.
    package func issue(
        _ purpose: AccountLink.Purpose,
        for user: UserID,
        _ writing: Writing<Account>
    ) async throws -> IssuedLink {
        let (link, address) = makeLink(purpose, for: user, at: writing.at)
        let account = try await accounts.put(link, writing)
        return IssuedLink(account: account, address: address, expiresAt: link.expiresAt)
    }

    /// Throws as `AccountStore.change`, and `conflict` when callers would change what they themselves may do.
    package func change(
        _ id: UserID,
        expected: Int64?,
        by caller: UserID,
        _ writing: Writing<Account>,
        _ change: @escaping @Sendable (inout Account) throws -> Void
    ) async throws -> Account {
        let (old, new) = try await accounts.change(id, expected: expected, writing) { account in
            let old = account
            try change(&account)
            try account.check(changedFrom: old, by: caller)
        }
        if new != old { sessions.accountChanged(new.user) }
        return new
    }

    private func makeLink(
        _ purpose: AccountLink.Purpose,
        for user: UserID,
        at moment: Timestamp
    ) -> (AccountLink, address: String) {
        let token = secrets.make()
        let link = AccountLink(
            user: user,
            purpose: purpose,
            hash: secrets.digest(token),
            createdAt: moment,
            lifetime: limits.lifetime(of: purpose)
        )
        return (link, AccountLink.address(under: publicURL, purpose, token: token))
    }
}

/// A link that was made just now; the only time its address is known.
package struct IssuedLink: Sendable {
    package let account: Account
    package let address: String
    package let expiresAt: Timestamp
}

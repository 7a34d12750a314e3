package import Domain

/// Turns tokens into principals, for sockets and REST alike.
package struct Gatekeeper: Sendable {
    private let users: any UserStore
    private let tokens: any APITokenStore
    private let conversations: any ConversationStore
    private let accessTokens: any AccessTokens
    private let secrets: any SecretTokens
    private let recent: RecentVisitors
    private let now: @Sendable () -> Timestamp

    package init(
        users: any UserStore,
        tokens: any APITokenStore,
        conversations: any ConversationStore,
        accessTokens: any AccessTokens,
        secrets: any SecretTokens,
        recent: RecentVisitors = RecentVisitors(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.users = users
        self.tokens = tokens
        self.conversations = conversations
        self.accessTokens = accessTokens
        self.secrets = secrets
        self.recent = recent
        self.now = now
    }

    /// The member of staff an access token speaks for. Throws `unauthorized`.
    package func staff(accessToken: String) async throws -> (user: User, claims: AccessClaims) {
        let claims = try await accessTokens.verify(accessToken, at: now())
        guard let user = try await users.user(of: StaffLogin(user: claims.user, family: claims.family)),
            !user.isDisabled
        else { throw HubError.unauthorized("this account or session was ended: sign in again") }
        return (user, claims)
    }

    /// The visitor a token speaks for. Throws `unauthorized`.
    package func visitor(token: String) async throws -> Visitor {
        let hash = secrets.digest(token)
        if let visitor = recent.visitor(tokenHash: hash, at: now()) { return visitor }
        guard let visitor = try await conversations.visitor(tokenHash: hash) else {
            throw HubError.unauthorized("this visitor token is not known: start anew without it")
        }
        recent.put(visitor, tokenHash: hash, at: now())
        return visitor
    }

    /// The member of staff an API token acts for, with what it may do now. Throws `unauthorized`.
    private func caller(apiToken text: String) async throws -> Caller {
        let moment = now()
        guard let (token, user) = try await tokens.bearer(hash: secrets.digest(text)), token.isLive(at: moment),
            !user.isDisabled
        else { throw HubError.unauthorized("this API token is not known, has expired or was revoked: make a new one") }
        // What is only a hint for people must not fail a request.
        if token.isUseWorthNoting(at: moment) { try? await tokens.noteUse(of: token.id, at: moment) }
        return Caller(user: user, rights: token.scopes.intersection(user.role.rights), token: token.id)
    }

    /// Whoever a bearer token speaks for, and what staff may do: with an API token no more than its scopes.
    ///
    /// An access token has dots, a visitor's token has none. Throws `unauthorized`.
    package func requester(bearer token: String) async throws -> Requester {
        if APIToken.isText(token) { return .staff(try await caller(apiToken: token)) }
        return token.utf8.contains(UInt8(ascii: "."))
            ? .staff(Caller(signedIn: try await staff(accessToken: token).user))
            : .visitor(try await visitor(token: token))
    }

    /// Makes a visitor, or finds the one the site vouches for, and a token for this device.
    ///
    /// Throws `WrongSignature` when the site does not vouch for the identity.
    package func welcome(profile: VisitorProfile, identity: VisitorIdentity?) async throws -> NewcomerPass {
        let verified = try verifiedUserID(identity)
        let token = secrets.make()
        let moment = now()
        let new = NewVisitor(
            id: .make(at: moment),
            room: .make(at: moment),
            side: .make(at: moment),
            tokenHash: secrets.digest(token),
            profile: profile,
            verifiedUserID: verified,
            at: moment
        )
        var visitor = try await conversations.makeVisitor(new)
        if visitor.id != new.id {
            try await conversations.addToken(hash: new.tokenHash, to: visitor.id, at: moment)
            visitor = try await conversations.update(
                visitor.id, profile: profile, verifiedUserID: verified, at: moment)
        }
        return NewcomerPass(visitor: visitor, token: token)
    }

    /// Brings a returning visitor's profile up to date. A site user who is known under another visitor gets
    /// that one, with a token of its own.
    package func welcomeBack(
        token: String,
        profile: VisitorProfile,
        identity: VisitorIdentity?
    ) async throws -> NewcomerPass {
        let visitor = try await visitor(token: token)
        let verified = try verifiedUserID(identity)
        if let verified, visitor.verifiedUserID != verified {
            let known = try await conversations.visitor(verifiedUserID: verified)
            // Another person now uses this browser, or this person has a conversation already.
            if visitor.verifiedUserID != nil || known != nil {
                return try await welcome(profile: profile, identity: identity)
            }
        }
        guard !profile.isEmpty || verified != visitor.verifiedUserID && verified != nil else {
            return NewcomerPass(visitor: visitor, token: token)
        }
        let updated = try await conversations.update(
            visitor.id, profile: profile, verifiedUserID: verified, at: now())
        recent.put(updated, tokenHash: secrets.digest(token), at: now())
        return NewcomerPass(visitor: updated, token: token)
    }

    private func verifiedUserID(_ identity: VisitorIdentity?) throws -> String? {
        guard let identity else { return nil }
        guard secrets.isValidIdentity(userID: identity.userID, signature: identity.signature) else {
            throw WrongSignature()
        }
        return identity.userID
    }
}

/// The site's proof of an identity does not fit. Another `auth` may mend it, so the connection stays.
package struct WrongSignature: Error {
    package var told: HubError { .unauthorized("profile.signature does not fit profile.user_id") }
}

/// A visitor and the token of the device in hand.
package struct NewcomerPass: Sendable {
    package let visitor: Visitor
    package let token: String
}

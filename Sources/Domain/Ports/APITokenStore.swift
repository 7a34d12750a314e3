/// Keys for programs, stored by their hash.
package protocol APITokenStore: Sendable {
    /// Throws `conflict` when the user has `max` live ones already.
    ///
    /// - Parameter hash: SHA-256 of the token in lower-case hex. A slow hash would add nothing: 256 random bits
    ///   cannot be guessed, however fast the guessing is.
    func add(_ token: APIToken, hash: String, max: Int, _ writing: Writing<APIToken>) async throws

    func tokens(_ request: ListRequest<APITokenSort, APITokenFilter>) async throws -> ListPage<APIToken>

    func token(_ id: APITokenID) async throws -> APIToken?

    /// Ends it; one that is revoked already stays as it is. Throws `not_found`, also for one of another user when
    /// `owner` is given.
    func revoke(_ id: APITokenID, owner: UserID?, _ writing: Writing<APIToken>) async throws

    /// The token with this hash and its user as they are now, in one read; live or not.
    func bearer(hash: String) async throws -> (token: APIToken, user: User)?

    /// Remembers a use, unless a later one is remembered.
    func noteUse(of id: APITokenID, at moment: Timestamp) async throws
}

/// Staff as every request looks them up, their refresh tokens, and what the operator does with accounts.
///
/// `add`, `setPassword` and `setDisabled` are for the command line and the first start: the audit log names the hub
/// itself. Administrators have `AccountStore`.
package protocol UserStore: Sendable {
    /// Throws `bad_request` when the e-mail is taken.
    func add(_ user: User, passwordHash: String) async throws

    func user(_ id: UserID) async throws -> User?

    /// The user of a login, in one read; nil when the login was ended, or the user is not the one who signed in.
    ///
    /// A login that nobody knows counts as ended: its tokens expired and were forgotten.
    func user(of login: StaffLogin) async throws -> User?

    /// Looks up by lower-cased e-mail; disabled users are found too. The hash is nil for somebody who has yet to
    /// choose a password.
    func credentials(email: String) async throws -> (user: User, passwordHash: String?)?

    /// Everyone, by name.
    func users() async throws -> [User]

    func hasUsers() async throws -> Bool

    /// Sets the hash and revokes all refresh tokens of the user.
    func setPassword(_ hash: String, of user: UserID, at moment: Timestamp) async throws

    /// Disabling revokes all refresh tokens of the user.
    func setDisabled(_ isDisabled: Bool, of user: UserID, at moment: Timestamp) async throws

    /// Users whose account, password or role changed at or after a moment: live sessions are checked against this.
    func usersChanged(since moment: Timestamp) async throws -> [User]

    /// Logins that were ended at or after a moment, by their holder or by a change of the account: sockets that were
    /// opened with them end, on whichever hub they are.
    func loginsEnded(since moment: Timestamp) async throws -> [StaffLogin]

    // MARK: Refresh tokens

    func addRefreshToken(_ token: RefreshToken) async throws

    /// Uses up the token with `hash` and stores its successor (with the family and user of the old one), in
    /// one transaction.
    func rotateRefreshToken(
        hash: String,
        successorHash: String,
        expiresAt: Timestamp,
        at moment: Timestamp
    ) async throws -> RefreshOutcome

    /// Revokes the family of the token with this hash and names the login that ended; nil for a token that is
    /// unknown or revoked already.
    func revokeRefreshFamily(ofHash hash: String, at moment: Timestamp) async throws -> StaffLogin?
}

/// Staff accounts as administrators keep them, and the links that set their passwords.
///
/// Changes of role, of `isDisabled` and of passwords revoke refresh tokens in the same transaction.
package protocol AccountStore: Sendable {
    func account(_ id: UserID) async throws -> Account?

    func accounts(_ request: ListRequest<AccountSort, AccountFilter>) async throws -> ListPage<Account>

    /// An account without a password, and the link by which its holder chooses one.
    ///
    /// Throws `conflict` when the e-mail is taken, `invalid` for an unknown team.
    func invite(_ account: Account, by link: AccountLink, _ writing: Writing<Account>) async throws -> Account

    /// Applies `change` to the account as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale`; `conflict` when no active administrator would be left, also when two hubs take
    /// away one each at once; `invalid` for an unknown team; and what `change` throws.
    func change(
        _ id: UserID,
        expected: Int64?,
        _ writing: Writing<Account>,
        _ change: @escaping @Sendable (inout Account) throws -> Void
    ) async throws -> (old: Account, new: Account)

    /// Takes the place of the account's older link. Throws `not_found`; `conflict` for a disabled account, and for
    /// a purpose that does not fit: the first password comes by invitation, later ones by reset.
    func put(_ link: AccountLink, _ writing: Writing<Account>) async throws -> Account

    /// Whose link this is; nil for one that is unknown, used, replaced, expired, or of a disabled account.
    func holder(ofLink hash: String, for purpose: AccountLink.Purpose, at moment: Timestamp) async throws -> User?

    /// Uses the link up and sets the password; of several at once one succeeds. Throws `unauthorized`.
    func use(
        linkWithHash hash: String,
        for purpose: AccountLink.Purpose,
        passwordHash: String,
        _ writing: Writing<User>
    ) async throws -> User

    /// Sets one's own password and revokes one's other logins. Throws `not_found`.
    func setPassword(_ hash: String, of login: StaffLogin, _ writing: Writing<Void>) async throws
}

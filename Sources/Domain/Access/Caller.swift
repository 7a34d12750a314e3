/// A member of staff who calls the API, by signing in or with an API token.
package struct Caller: Sendable, Equatable {
    package let user: User
    /// Those of the role; with an API token only those it was made for.
    package let rights: Set<Right>
    /// The API token that was shown; nil for a sign-in.
    package let token: APITokenID?

    package init(user: User, rights: Set<Right>, token: APITokenID? = nil) {
        self.user = user
        self.rights = rights
        self.token = token
    }

    package init(signedIn user: User) {
        self.init(user: user, rights: user.role.rights)
    }

    /// Whose requests these are, for rate limits and repeated requests.
    package var key: String { token?.text ?? user.id.text }
}

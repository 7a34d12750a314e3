/// What a list of API tokens can be narrowed down by; nil leaves it as it is.
package struct APITokenFilter: Sendable, Equatable {
    package var user: UserID?
    /// Neither expired nor revoked at `now`.
    package var isLive: Bool?
    package let now: Timestamp

    package init(at now: Timestamp) {
        self.now = now
    }
}

package enum APITokenSort: String, SortKey {
    case createdAt = "created_at"
    case expiresAt = "expires_at"

    package static let usual = ListOrder(APITokenSort.createdAt, isDescending: true)
}

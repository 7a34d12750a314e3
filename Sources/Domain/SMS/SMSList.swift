/// What a list of short messages can be narrowed down by; nil leaves it as it is.
package struct SMSFilter: Sendable, Equatable {
    package var scope: CRMScope
    package var direction: SMSMessage.Direction?
    package var contact: ContactID?
    /// In E.164.
    package var phone: String?

    package init(scope: CRMScope) {
        self.scope = scope
    }
}

package enum SMSSort: String, SortKey {
    case createdAt = "created_at"

    package static let usual = ListOrder(SMSSort.createdAt, isDescending: true)
}

/// What a list of call-backs can be narrowed down by; nil leaves it as it is.
package struct CallbackFilter: Sendable, Equatable {
    package var scope: CRMScope
    package var state: Callback.State?
    package var owner: UserID?
    package var contact: ContactID?
    package var conversation: RoomID?
    /// To be called at or after.
    package var dueFrom: Timestamp?
    /// To be called before.
    package var dueBefore: Timestamp?

    package init(scope: CRMScope) {
        self.scope = scope
    }
}

package enum CallbackSort: String, SortKey {
    case dueAt = "due_at"
    case createdAt = "created_at"

    package static let usual = ListOrder(CallbackSort.dueAt)
}

/// What a list of the audit log can be narrowed down by; nil leaves it as it is.
package struct AuditFilter: Sendable, Equatable {
    package var actorKind: AuditActor.Kind?
    package var actorID: String?
    /// The whole action, `product.created`.
    package var action: String?
    /// What actions begin with, `product.`
    package var actionPrefix: String?
    package var subjectKind: String?
    package var subjectID: String?
    package var from: Timestamp?
    /// Exclusive, so that days stand side by side.
    package var to: Timestamp?

    package init() {}
}

/// The log has one order, in both directions.
package enum AuditSort: String, SortKey {
    case seq

    package static let usual = ListOrder(AuditSort.seq, isDescending: true)
}

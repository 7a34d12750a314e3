/// What a list of codes can be narrowed down by; nil leaves it as it is.
package struct CodeFilter: Sendable, Equatable {
    package var product: ProductID?
    package var state: CodeState.Name?
    package var importID: CodeImportID?
    package var order: String?
    package var conversation: RoomID?
    package var expiresBefore: Timestamp?

    package init() {}
}

package enum CodeSort: String, SortKey {
    case createdAt = "created_at"
    /// Those that never expire come last.
    case expiresAt = "expires_at"

    package static let usual = ListOrder(CodeSort.createdAt, isDescending: true)
}

package struct CodeImportFilter: Sendable, Equatable {
    package var product: ProductID?
    package var state: CodeImport.State?

    package init() {}
}

package enum CodeImportSort: String, SortKey {
    case createdAt = "created_at"

    package static let usual = ListOrder(CodeImportSort.createdAt, isDescending: true)
}

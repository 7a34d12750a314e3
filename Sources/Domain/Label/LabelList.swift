/// A list of labels is narrowed down by its search alone.
package struct LabelFilter: Sendable, Equatable {
    package init() {}
}

package enum LabelSort: String, SortKey {
    case name = "name_ar"
    case createdAt = "created_at"

    package static let usual = ListOrder(LabelSort.name)
}

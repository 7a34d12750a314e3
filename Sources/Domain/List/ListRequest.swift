/// One page of a list: which, in what order, from where on.
package struct ListRequest<Sort: SortKey, Filter: Sendable>: Sendable {
    package let filter: Filter
    /// Words that must all be part of the thing; folded before they are compared.
    package let search: String?
    package let order: ListOrder<Sort>
    package let after: ListPosition?
    package let limit: Int

    package init(
        filter: Filter,
        search: String? = nil,
        order: ListOrder<Sort>,
        after: ListPosition? = nil,
        limit: Int
    ) {
        self.filter = filter
        self.search = search
        self.order = order
        self.after = after
        self.limit = limit
    }
}

/// What a list can be sorted by; the text is the name in the API.
package protocol SortKey: RawRepresentable<String>, CaseIterable, Sendable, Hashable {
    /// The order when none is asked for.
    static var usual: ListOrder<Self> { get }
}

package struct ListOrder<Sort: SortKey>: Sendable, Equatable {
    package let key: Sort
    package let isDescending: Bool

    package init(_ key: Sort, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }
}

/// The last thing of a page: the next one begins behind it, whatever was added or removed in between.
package struct ListPosition: Sendable, Equatable {
    package enum Value: Sendable, Equatable {
        case text(String)
        case integer(Int64)
    }

    /// What the list was sorted by.
    package let value: Value
    package let id: String

    package init(value: Value, id: String) {
        self.value = value
        self.id = id
    }
}

package struct ListPage<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Where the next page begins; nil at the end.
    package let next: ListPosition?

    package init(items: [Item], next: ListPosition?) {
        self.items = items
        self.next = next
    }
}

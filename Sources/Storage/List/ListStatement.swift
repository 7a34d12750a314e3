import Domain

/// Builds the query of one page of a list. Values are bound, names are our own.
///
/// Pages are found by where the last one ended (keyset pagination), so that they cost the same however far into
/// the list they are, and nothing is shown twice or passed over when rows come and go.
struct ListStatement {
    private var conditions: [String] = []
    private var values: [SQLValue] = []
    /// A text that depends on what was searched is not worth keeping prepared.
    private var isOnce = false

    /// `condition` holds `$?` where the value goes.
    mutating func require(_ condition: String, _ value: SQLValue) {
        values.append(value)
        conditions.append(condition.replacing("$?", with: "$\(values.count)"))
    }

    /// Nothing for nil.
    mutating func require(_ condition: String, optional value: SQLValue?) {
        if let value { require(condition, value) }
    }

    mutating func require(_ condition: String) {
        conditions.append(condition)
    }

    /// `condition` gets what takes a value and returns the name of its parameter. Nothing for nil.
    mutating func require(_ condition: ((SQLValue) -> String) -> String?) {
        let made = condition { value in
            values.append(value)
            return "$\(values.count)"
        }
        if let made { conditions.append(made) }
    }

    /// Every word must be part of the folded text in `column`; folded words hold no wildcard of `LIKE`.
    mutating func search(_ text: String?, in column: String) {
        guard let text else { return }
        for word in SearchText.fold(text).split(separator: " ") {
            require("\(column) LIKE $?", .text("%\(word)%"))
            isOnce = true
        }
    }

    /// The statement for all that fits, without pages: for totals.
    func all(_ select: String, _ rest: String) -> SQLStatement {
        let condition = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return SQLStatement(SQLText("\(select) \(condition) \(rest)"), values, isOnce: isOnce)
    }

    /// The statement for one row more than the page holds: whether there is a next page.
    ///
    /// - Parameters:
    ///   - select: Up to and including `FROM`.
    ///   - column: What is sorted by; never null.
    ///   - id: Decides between equals; nil when there are none.
    func page<Sort, Filter>(
        _ select: String,
        sortedBy column: String,
        id: String?,
        _ request: ListRequest<Sort, Filter>
    ) -> SQLStatement {
        var page = self
        let isDescending = request.order.isDescending
        if let after = request.after {
            let comparison = isDescending ? "<" : ">"
            page.values.append(after.value.sqlValue)
            let count = page.values.count
            if let id {
                page.values.append(.text(after.id))
                page.conditions.append("(\(column), \(id)) \(comparison) ($\(count), $\(count + 1))")
            } else {
                page.conditions.append("\(column) \(comparison) $\(count)")
            }
        }
        page.values.append(.count(request.limit + 1))
        let direction = isDescending ? "DESC" : "ASC"
        let order = [column, id].compactMap(\.self).map { "\($0) \(direction)" }.joined(separator: ", ")
        let condition = page.conditions.isEmpty ? "" : "WHERE \(page.conditions.joined(separator: " AND "))"
        let text = """
            \(select) \(condition)
            ORDER BY \(order) LIMIT $\(page.values.count)
            """
        return SQLStatement(SQLText(text), page.values, isOnce: isOnce)
    }
}

extension ListPage {
    /// Cuts off the row too many and makes a position of the last one that stays.
    init(_ found: [Item], limit: Int, position: (Item) -> ListPosition) {
        let items = Array(found.prefix(limit))
        self.init(items: items, next: found.count > limit ? items.last.map(position) : nil)
    }
}

extension ListPosition.Value {
    fileprivate var sqlValue: SQLValue {
        switch self {
        case .text(let text): .text(text)
        case .integer(let integer): .integer(integer)
        }
    }
}

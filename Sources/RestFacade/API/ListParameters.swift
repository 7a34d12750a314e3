import Domain

/// The parameters that every list has: `limit`, `cursor`, `sort`, `q`.
enum ListParameters {
    static let limits = 1...200
    private static let usualLimit = 50
    static let cursor = Schema.line(1000)

    static func parameters<Sort: SortKey>(_ sorts: Sort.Type, isSearchable: Bool) -> [Endpoint.Parameter] {
        let names = Sort.allCases.flatMap { [$0.rawValue, "-\($0.rawValue)"] }
        let usual = text(of: Sort.usual)
        var parameters = [
            Endpoint.Parameter(
                name: "limit",
                schema: .integer(Int64(limits.lowerBound)...Int64(limits.upperBound)),
                note: "How many at most; \(usualLimit) when not given."
            ),
            Endpoint.Parameter(name: "cursor", schema: cursor, note: "`next` of the page before."),
            Endpoint.Parameter(
                name: "sort", schema: .choice(names), note: "`-` turns the order round; `\(usual)` when not given."),
        ]
        if isSearchable {
            parameters.append(
                Endpoint.Parameter(
                    name: "q",
                    schema: .line(200),
                    note: "Words that must all occur, in any spelling of Arabic letters and digits."
                ))
        }
        return parameters
    }

    /// Throws `invalid` for a cursor that is not from this list in this order.
    static func request<Sort: SortKey, Filter>(
        _ query: Members,
        filter: Filter
    ) throws(HubError) -> ListRequest<Sort, Filter> {
        let order = try query.text("sort").flatMap(order) ?? Sort.usual
        var after: ListPosition?
        if let text = try query.text("cursor") {
            guard let position = ListCursor.position(text, order: self.text(of: order)) else {
                throw .invalid([FieldProblem("cursor", "conflict", "must be `next` of a page in the same order")])
            }
            after = position
        }
        return ListRequest(
            filter: filter,
            search: try query.text("q"),
            order: order,
            after: after,
            limit: try query.integer("limit").map(Int.init) ?? usualLimit
        )
    }

    static func order<Sort: SortKey>(_ text: String) -> ListOrder<Sort>? {
        let isDescending = text.hasPrefix("-")
        return Sort(rawValue: String(text.dropFirst(isDescending ? 1 : 0))).map {
            ListOrder($0, isDescending: isDescending)
        }
    }

    static func text<Sort>(of order: ListOrder<Sort>) -> String {
        (order.isDescending ? "-" : "") + order.key.rawValue
    }
}

/// Replies that agents use again and again.
package protocol CannedReplyStore: Sendable {
    func reply(_ id: CannedReplyID) async throws -> CannedReplyEntry?

    func replies(
        _ request: ListRequest<CannedReplySort, CannedReplyFilter>
    ) async throws -> ListPage<CannedReplyEntry>

    /// Throws `conflict` when the shortcut is taken, and `invalid` for a team that does not exist.
    func add(_ entry: CannedReplyEntry, _ writing: Writing<CannedReplyEntry>) async throws -> Written<CannedReplyEntry>

    /// Applies `change` to the reply as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale`; `conflict` when the shortcut is taken; `invalid` for a team that does not exist;
    /// and what `change` throws.
    func change(
        _ id: CannedReplyID,
        expected: Int64?,
        _ writing: Writing<CannedReplyEntry>,
        _ change: @escaping @Sendable (inout CannedReplyEntry) throws -> Void
    ) async throws -> CannedReplyEntry

    /// Throws `not_found` and `stale`.
    func remove(_ id: CannedReplyID, expected: Int64?, _ writing: Writing<CannedReplyEntry>) async throws
}

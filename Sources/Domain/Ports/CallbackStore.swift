/// Promises to call somebody.
///
/// What `scope` hides is answered as what does not exist.
package protocol CallbackStore: Sendable {
    /// Throws `not_found`.
    func callback(_ id: CallbackID, scope: CRMScope) async throws -> Callback

    func callbacks(_ request: ListRequest<CallbackSort, CallbackFilter>) async throws -> ListPage<Callback>

    /// Throws `invalid` for a contact, a conversation or an owner that does not exist, and `conflict` when one is planned
    /// for the same time in the same conversation.
    func add(_ callback: Callback, scope: CRMScope, _ writing: Writing<Callback>) async throws -> Written<Callback>

    /// Throws `not_found`, `stale`, what `add` throws, and what `change` throws.
    func change(
        _ id: CallbackID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<Callback>,
        _ change: @escaping @Sendable (inout Callback) throws -> Void
    ) async throws -> Callback
}

/// Labels, and which conversations carry them.
package protocol LabelStore: Sendable {
    func label(_ id: LabelID) async throws -> Label?

    func labels(_ request: ListRequest<LabelSort, LabelFilter>) async throws -> ListPage<Label>

    /// Throws `conflict` when the Arabic name is taken.
    func add(_ label: Label, _ writing: Writing<Label>) async throws -> Written<Label>

    /// Applies `change` to the label as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale`; `conflict` when the Arabic name is taken; and what `change` throws.
    func change(
        _ id: LabelID,
        expected: Int64?,
        _ writing: Writing<Label>,
        _ change: @escaping @Sendable (inout Label) throws -> Void
    ) async throws -> Label

    /// Takes it from all conversations. Throws `not_found` and `stale`.
    func remove(_ id: LabelID, expected: Int64?, _ writing: Writing<Label>) async throws

    /// Puts one more label on a conversation; told and refused as `put`.
    func add(
        _ label: LabelID,
        to room: RoomID,
        by author: Participant,
        _ writing: Writing<LabelledConversation>
    ) async throws -> LabelledConversation

    /// Makes these the labels of a conversation; what changed is told in its side room, in the same commit.
    ///
    /// Throws `not_found` for what is no conversation, and `invalid` for a label that does not exist.
    func put(
        _ labels: [LabelID],
        on room: RoomID,
        by author: Participant,
        _ writing: Writing<LabelledConversation>
    ) async throws -> LabelledConversation
}

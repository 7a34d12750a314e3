/// Who the shop knows.
///
/// What `scope` hides is answered as what does not exist.
package protocol ContactStore: Sendable {
    /// Throws `not_found`; for a contact that was merged or erased it says so.
    func contact(_ id: ContactID, scope: CRMScope) async throws -> CRMContact

    func contacts(_ request: ListRequest<ContactSort, ContactFilter>) async throws -> ListPage<CRMContact>

    /// Throws `conflict` when an identity belongs to another contact, naming it when `scope` shows it; `invalid`
    /// for an owner or a visitor that does not exist.
    func add(
        _ contact: CRMContact,
        scope: CRMScope,
        _ writing: Writing<CRMContact>
    ) async throws -> Written<CRMContact>

    /// Applies `change` to the contact as it is now, in one transaction.
    ///
    /// Throws `not_found`, `stale` when `expected` is not its version any more, what `add` throws, and what
    /// `change` throws.
    func change(
        _ id: ContactID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<CRMContact>,
        _ change: @escaping @Sendable (inout CRMContact) throws -> Void
    ) async throws -> CRMContact

    /// Who the customer of a conversation is, when it is sure: a visitor only when the site vouched for them.
    func contact(inConversation room: RoomID) async throws -> ContactID?

    func add(_ note: ContactNote, scope: CRMScope, _ writing: Writing<ContactNote>) async throws -> Written<ContactNote>

    /// What happened with a contact, newest first. Leads and deals that `scope` hides are left out, and conversations
    /// that `sight` hides, with what came of them; nil hides none.
    func timeline(
        of contact: ContactID,
        scope: CRMScope,
        sight: TeamSight?,
        _ request: ListRequest<TimelineSort, Void>
    ) async throws -> ListPage<TimelineEntry>
}

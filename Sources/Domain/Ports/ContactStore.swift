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

    /// Who the customer of a conversation says they are, with their contact when `scope` shows it. Throws `not_found`,
    /// also for a conversation that `sight` hides; nil hides none.
    func customer(ofConversation room: RoomID, scope: CRMScope, sight: TeamSight?) async throws -> ConversationCustomer

    func add(_ note: ContactNote, scope: CRMScope, _ writing: Writing<ContactNote>) async throws -> Written<ContactNote>

    /// What happened with a contact, newest first. Leads and deals that `scope` hides are left out, and conversations
    /// that `sight` hides, with what came of them; nil hides none. The filter is the one kind that is wanted.
    func timeline(
        of contact: ContactID,
        scope: CRMScope,
        sight: TeamSight?,
        _ request: ListRequest<TimelineSort, TimelineEntry.Kind?>
    ) async throws -> ListPage<TimelineEntry>
}

/// Who may become a customer.
///
/// What `scope` hides is answered as what does not exist.
package protocol LeadStore: Sendable {
    /// Throws `not_found`.
    func lead(_ id: LeadID, scope: CRMScope) async throws -> Lead

    func leads(_ request: ListRequest<LeadSort, LeadFilter>) async throws -> ListPage<Lead>

    /// Throws `invalid` for a contact or an owner that does not exist.
    func add(_ lead: Lead, scope: CRMScope, _ writing: Writing<Lead>) async throws -> Written<Lead>

    /// Throws `not_found`, `stale`, and what `change` throws. The contact stays what it is.
    func change(
        _ id: LeadID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<Lead>,
        _ change: @escaping @Sendable (inout Lead) throws -> Void
    ) async throws -> Lead

    /// Makes a deal of the lead, and a contact where there is none, in one transaction. A lead that was converted
    /// before answers the deal it became.
    ///
    /// Throws `not_found`, `conflict` when it is not qualified, `invalid` for a pipeline or stage that is none.
    func convert(
        _ id: LeadID,
        scope: CRMScope,
        _ conversion: LeadConversion,
        _ writing: Writing<Deal>
    ) async throws -> Written<Deal>
}

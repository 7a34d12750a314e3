/// A person's right to what the shop holds of them, and to be forgotten.
package protocol PersonalData: Sendable {
    /// Everything about a contact but the messages of its conversations. Writes down that it was read.
    func export(of contact: ContactID, scope: CRMScope, _ writing: Writing<PersonExport>) async throws -> PersonExport

    /// Overwrites the data of a person wherever it is kept, for good. Throws `not_found`.
    func erase(_ contact: ContactID, scope: CRMScope, _ writing: Writing<ErasureReport>) async throws -> ErasureReport
}

/// The audit log for those who read it.
package protocol AuditArchive: Sendable {
    func entry(_ seq: Int64) async throws -> AuditEntry?

    func entries(_ request: ListRequest<AuditSort, AuditFilter>) async throws -> ListPage<AuditEntry>

    /// Walks along the chain of hashes, a page of rows in memory at a time.
    ///
    /// - Parameters:
    ///   - start: The first row that is looked at; what is before it is believed.
    ///   - noted: A row's hash as it once was.
    func verify(from start: Int64, noted: AuditMark?) async throws -> AuditVerdict
}

/// The log of who did what. Writes of the stores add to it by themselves, in their own transactions.
package protocol AuditLog: Sendable {
    /// For what is no write: a sign-in, a refusal, an export.
    func record(_ events: [AuditEvent], by actor: AuditActor, at moment: Timestamp) async throws
}

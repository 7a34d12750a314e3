import Domain

/// The audit log over either database.
struct SQLAuditLog: AuditLog {
    let database: any SQLDatabase

    func record(_ events: [AuditEvent], by actor: AuditActor, at moment: Timestamp) async throws {
        _ = try await database.write(Writing<Void>(by: actor, at: moment)) { _ in Change((), events: events) }
    }
}

package import Domain
import Synchronization

/// Writes sign-ins and what belongs to them into the audit log; never a password, a token or what was mistyped.
package final class LoginAudit: Sendable {
    private let log: any AuditLog
    private let now: @Sendable () -> Timestamp
    private let refusals = Mutex(RefusalTally())

    package init(log: any AuditLog, now: @escaping @Sendable () -> Timestamp) {
        self.log = log
        self.now = now
    }

    func signedIn(_ user: User, from origin: RequestOrigin) async throws {
        try await record("auth.signed_in", user.id, by: origin.actor(user))
    }

    /// - Parameter user: Nil for an e-mail that nobody has, which is not kept: it may be a password typed in the
    ///   wrong field.
    func refused(_ user: User?, from origin: RequestOrigin) async throws {
        let count = refusals.withLock { $0.refused(user?.id, from: origin.address, at: now()) }
        guard let count else { return }
        try await record("auth.refused", user?.id, by: origin.stranger, ["refusals": .integer(Int64(count))])
    }

    func signedOut(_ login: StaffLogin, from origin: RequestOrigin) async throws {
        try await record("auth.signed_out", login.user, by: origin.stranger)
    }

    /// A refresh token came a second time: somebody has a copy.
    func reused(_ login: StaffLogin, from origin: RequestOrigin) async throws {
        try await record("auth.refresh_reused", login.user, by: origin.stranger)
    }

    private func record(
        _ action: String,
        _ user: UserID?,
        by actor: AuditActor,
        _ details: [String: JSONValue] = [:]
    ) async throws {
        let subject = AuditSubject(kind: "user", id: user?.text ?? "")
        let event = AuditEvent(action, subject, after: details.isEmpty ? nil : .object(details))
        try await log.record([event], by: actor, at: now())
    }
}

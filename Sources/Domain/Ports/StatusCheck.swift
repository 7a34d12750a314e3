/// Looks whether a part that the hub depends on works: read-only, cheap, and without effect on it.
package protocol StatusCheck: Sendable {
    /// Of the part, in the API and the audit log.
    var name: String { get }
    /// Whether what it finds is written to the audit log: outside services are, our own parts are not.
    var isIntegration: Bool { get }

    func find() async -> StatusFinding
}

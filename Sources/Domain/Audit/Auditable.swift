/// A thing whose changes are written down.
package protocol Auditable: Sendable {
    var subject: AuditSubject { get }
    /// What staff see of it, without secrets: the document of the API.
    var document: [String: JSONValue] { get }
}

extension Auditable {
    /// Members of every document that change with any other.
    static var bookkeeping: Set<String> { ["version", "updated_at"] }
}

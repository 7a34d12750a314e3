/// A thing whose changes are written down.
package protocol Auditable: Sendable {
    var subject: AuditSubject { get }
    /// What staff see of it, without secrets: the document of the API.
    var document: [String: JSONValue] { get }
    /// What the audit log keeps of the document: all of it, unless it holds data about persons, which must be
    /// erasable while the log never changes.
    var trace: [String: JSONValue] { get }
}

extension Auditable {
    package var trace: [String: JSONValue] { document }

    /// Members of every document that change with any other.
    static var bookkeeping: Set<String> { ["version", "updated_at"] }
}

extension [String: JSONValue] {
    /// Tells of these members only whether they are set.
    package func hiding(_ names: Set<String>) -> [String: JSONValue] {
        var hidden = self
        for name in names {
            switch self[name] {
            case nil, .null, .array([]), .object([:]): break
            case .bool, .integer, .number, .string, .array, .object: hidden[name] = .string("•••")
            }
        }
        return hidden
    }
}

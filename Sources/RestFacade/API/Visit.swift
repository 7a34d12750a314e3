import Domain
import Hummingbird

/// One request to an endpoint, whoever sent it.
struct Visit: Sendable {
    let request: Request
    let context: RestContext
    /// Of the client, as far as proxies are trusted; nil when the connection is gone already.
    let address: NetworkAddress?
    let query: Members
    let body: Members
    let at: Timestamp
    /// Who it will have been in the audit log, and the `Idempotency-Key`; nil where anyone may call.
    var signature: Signature?

    struct Signature: Sendable {
        let actor: AuditActor
        /// Whose key it is.
        let owner: String
        let repetition: Call.Repetition?
    }

    /// For a write by whoever may call. Throws `internal` where nobody signs.
    func writing<Value>(answer: @escaping @Sendable (Value) -> StoredAnswer) throws(HubError) -> Writing<Value> {
        guard let signature else { throw HubError(.internal, "An endpoint for anyone writes in nobody's name.") }
        let once = signature.repetition.map { repetition in
            Once(owner: signature.owner, key: repetition.key, fingerprint: repetition.fingerprint, answer: answer)
        }
        return Writing(by: signature.actor, at: at, once: once)
    }

    /// For the audit log.
    var origin: RequestOrigin { RequestOrigin(address: address, requestID: context.requestID) }

    /// What stands for `{name}` in the path. Throws `not_found` for what is no id.
    func id<Kind>(_ name: String, as type: ID<Kind>.Type = ID<Kind>.self) throws -> ID<Kind> {
        guard let id = ID<Kind>(try context.parameters.require(name)) else {
            throw HubError.notFound("there is no such \(name)")
        }
        return id
    }
}

import Domain
import HTTPTypes
import Hummingbird

/// One request of a member of staff, after everything that all endpoints check.
struct Call: Sendable {
    let visit: Visit
    let caller: Caller
    /// Who it will have been in the audit log.
    let actor: AuditActor
    /// The `Idempotency-Key`, and what tells another request under the same key apart.
    let repetition: Repetition?

    struct Repetition: Sendable {
        let key: String
        let fingerprint: String
    }

    var request: Request { visit.request }
    var context: RestContext { visit.context }
    var query: Members { visit.query }
    var body: Members { visit.body }
    var at: Timestamp { visit.at }

    /// What stands for `{name}` in the path. Throws `not_found` for what is no id.
    func id<Kind>(_ name: String, as type: ID<Kind>.Type = ID<Kind>.self) throws -> ID<Kind> {
        try visit.id(name)
    }

    // MARK: Conditions (RFC 9110 section 13)

    /// The version that `If-Match` asks for; nil for none. Throws `stale` for a tag that is none of ours.
    var expectedVersion: Int64? {
        get throws(HubError) {
            guard let text = request.headers[.ifMatch]?.filter({ !$0.isWhitespace }), text != "*" else { return nil }
            guard let version = EntityTag.version(text) else { throw .stale }
            return version
        }
    }

    /// The resource, or 304 when the client has it already.
    func answer(_ resource: some VersionedDocument) -> Response {
        let tag = EntityTag(version: resource.version)
        guard !tag.isHeld(accordingTo: request.headers[values: .ifNoneMatch]) else {
            return Response(status: .notModified, headers: [.eTag: tag.text])
        }
        var response = Response.json { $0.value(.object(resource.document)) }
        response.headers[.eTag] = tag.text
        return response
    }

    // MARK: Writing

    func writing<Value>(_ type: Value.Type = Value.self) -> Writing<Value> {
        Writing(by: actor, at: at)
    }

    /// For a `POST` that may be repeated: `answer` is kept with what was written.
    func writing<Value>(answer: @escaping @Sendable (Value) -> StoredAnswer) -> Writing<Value> {
        let once = repetition.map { repetition in
            Once(owner: caller.key, key: repetition.key, fingerprint: repetition.fingerprint, answer: answer)
        }
        return Writing(by: actor, at: at, once: once)
    }

    /// For a `POST` that makes a resource at `path` and its id.
    func making<Value: VersionedDocument>(at path: String) -> Writing<Value> {
        writing { (value: Value) in .created(value, at: path) }
    }

    /// 201 with the resource and where it is; a repeated request gets what the first one got.
    func created<Value: VersionedDocument>(_ written: Written<Value>, at path: String) -> Response {
        var response = answer(written) { .created($0, at: path) }
        // Whatever became of it since: this is the answer to its making.
        response.headers[.eTag] = EntityTag(version: 1).text
        return response
    }

    func answer<Value>(_ written: Written<Value>, _ answer: (Value) -> StoredAnswer) -> Response {
        Response(written, answer)
    }
}

/// A resource with a version, as the API shows it.
protocol VersionedDocument: Auditable {
    var version: Int64 { get }
}

extension StoredAnswer {
    static func created(_ resource: some VersionedDocument, at path: String) -> StoredAnswer {
        StoredAnswer(
            status: 201,
            location: "\(Endpoint.base)\(path)/\(resource.subject.id)",
            body: JSONValue.object(resource.document).text
        )
    }
}

extension Response {
    /// A repeated request gets what the first one got.
    init<Value>(_ written: Written<Value>, _ answer: (Value) -> StoredAnswer) {
        switch written {
        case .done(let value):
            self.init(answer(value))
        case .repeated(let first):
            self.init(first)
            headers[.idempotentReplayed] = "true"
        }
    }

    fileprivate init(_ answer: StoredAnswer) {
        self = .json(HTTPResponse.Status(code: answer.status)) { $0.raw(answer.body) }
        headers[.location] = answer.location
    }
}

import Domain

/// Keeps the lines of a table of contacts, each in a transaction of its own, and counts what became of them.
struct ContactImport {
    /// What becomes of a line with an identity that a contact has.
    enum Mode: String, CaseIterable {
        /// The contact stays as it is.
        case skip
        /// The contact gets what the line says.
        case update
    }

    let contacts: any ContactStore
    let mode: Mode
    let scope: CRMScope
    let actor: AuditActor
    let at: Timestamp

    /// Lines of one import; the ones after them are refused together.
    static let maxLines: Int64 = 100_000
    /// Problems that the report tells; more are only counted.
    static let maxProblems = 1000

    private var lines: Int64 = 0
    private var created: Int64 = 0
    private var updated: Int64 = 0
    private var skipped: Int64 = 0
    private var failed: Int64 = 0
    private var problems: [JSONValue] = []

    init(contacts: any ContactStore, mode: Mode, scope: CRMScope, actor: AuditActor, at moment: Timestamp) {
        self.contacts = contacts
        self.mode = mode
        self.scope = scope
        self.actor = actor
        at = moment
    }

    /// Throws `too_large` for more than `maxLines`, and when the store is away; what came before is kept.
    mutating func take(_ item: ContactTableReader.Item) async throws {
        lines += 1
        guard lines <= Self.maxLines else {
            throw HubError(.tooLarge, "an import takes \(Self.maxLines) lines, which are kept: send the rest again")
        }
        switch item {
        case .problem(let line, let code, let detail):
            fail(line, code, detail)
        case .row(let row):
            do {
                try await keep(row)
            } catch let error as HubError where [.invalid, .conflict, .badRequest].contains(error.code) {
                fail(row.line, error.fields.first?.code ?? error.code.rawValue, error.message)
            }
        }
    }

    private mutating func keep(_ row: ContactTable.Row) async throws {
        guard let known = try await known(by: row.identities()) else {
            var contact = CRMContact(id: .make(at: at), at: at)
            try row.fill(&contact)
            _ = try await contacts.add(contact, scope: scope, Writing(by: actor, at: at))
            created += 1
            return
        }
        switch mode {
        case .skip:
            skipped += 1
        case .update:
            let changed = try await contacts.change(
                known.id, scope: scope, expected: nil, Writing(by: actor, at: at)
            ) { contact in
                try row.fill(&contact)
            }
            if changed.version == known.version { skipped += 1 } else { updated += 1 }
        }
    }

    /// The contact that has the first known of these identities.
    private func known(by identities: [ContactIdentity]) async throws -> CRMContact? {
        for identity in identities {
            var filter = ContactFilter(scope: scope)
            filter.identity = identity
            let request = ListRequest(filter: filter, order: ContactSort.usual, limit: 1)
            if let contact = try await contacts.contacts(request).items.first { return contact }
        }
        return nil
    }

    private mutating func fail(_ line: Int64, _ code: String, _ detail: String) {
        failed += 1
        guard problems.count < Self.maxProblems else { return }
        problems.append(["line": .integer(line), "code": .string(code), "detail": .string(detail)])
    }

    var document: [String: JSONValue] {
        [
            "lines": .integer(lines),
            "created": .integer(created),
            "updated": .integer(updated),
            "skipped": .integer(skipped),
            "failed": .integer(failed),
            "problems": .array(problems),
        ]
    }
}

/// Something that was done and must be traceable for ever. Holds no secret.
package struct AuditEvent: Sendable, Equatable {
    /// `product.created`: the kind of the subject and what happened to it.
    package let action: String
    package let subject: AuditSubject
    /// The members that changed, as they were and as they are; nil where there is nothing to show.
    package let before: JSONValue?
    package let after: JSONValue?

    package init(_ action: String, _ subject: AuditSubject, before: JSONValue? = nil, after: JSONValue? = nil) {
        self.action = action
        self.subject = subject
        self.before = before
        self.after = after
    }

    package static func created(_ thing: some Auditable) -> AuditEvent {
        AuditEvent("\(thing.subject.kind).created", thing.subject, after: .object(thing.trace))
    }

    /// Nil when nothing changed that anybody could see.
    package static func changed<Thing: Auditable>(_ old: Thing, to new: Thing) -> AuditEvent? {
        let (before, after) = (old.document, new.document)
        let names = Set(before.keys).union(after.keys).filter { name in
            before[name] != after[name] && !Thing.bookkeeping.contains(name)
        }
        guard !names.isEmpty else { return nil }
        return AuditEvent(
            "\(new.subject.kind).changed",
            new.subject,
            before: .object(old.trace.filter { names.contains($0.key) }),
            after: .object(new.trace.filter { names.contains($0.key) })
        )
    }

    package static func removed(_ thing: some Auditable) -> AuditEvent {
        AuditEvent("\(thing.subject.kind).removed", thing.subject, before: .object(thing.trace))
    }
}

/// What something was done to.
package struct AuditSubject: Sendable, Equatable {
    /// `product`, `code`, `contact`, …
    package let kind: String
    package let id: String

    package init(kind: String, id: String) {
        self.kind = kind
        self.id = id
    }
}

/// Who writes and when, and how the same request sent twice is done once.
package struct Writing<Value: Sendable>: Sendable {
    package let actor: AuditActor
    package let at: Timestamp
    package let once: Once<Value>?

    package init(by actor: AuditActor, at moment: Timestamp, once: Once<Value>? = nil) {
        self.actor = actor
        at = moment
        self.once = once
    }
}

/// A request that carries an idempotency key: done once, answered alike for ever after.
///
/// The key is taken and the answer kept in the transaction of the write, so no crash and no second hub can come
/// between them.
package struct Once<Value: Sendable>: Sendable {
    /// Whose key it is; keys of different callers never meet.
    package let owner: String
    package let key: String
    /// Tells another request under the same key apart.
    package let fingerprint: String
    package let answer: @Sendable (Value) -> StoredAnswer

    package init(
        owner: String,
        key: String,
        fingerprint: String,
        answer: @escaping @Sendable (Value) -> StoredAnswer
    ) {
        self.owner = owner
        self.key = key
        self.fingerprint = fingerprint
        self.answer = answer
    }
}

/// The answer that a repeated request gets again.
package struct StoredAnswer: Sendable, Equatable {
    package let status: Int
    /// The path of what was made.
    package let location: String?
    package let body: String

    package init(status: Int, location: String?, body: String) {
        self.status = status
        self.location = location
        self.body = body
    }
}

/// How a write ended.
package enum Written<Value: Sendable>: Sendable {
    case done(Value)
    /// The same request was done before.
    case repeated(StoredAnswer)

    /// For writes without an idempotency key, which are never repeated.
    package func value() throws(HubError) -> Value {
        switch self {
        case .done(let value): value
        case .repeated: throw HubError(.internal, "A write without an idempotency key was taken for a repeated one.")
        }
    }
}

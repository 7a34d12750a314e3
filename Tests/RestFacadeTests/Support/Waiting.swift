/// The result of `body`, which must come within the limit; cancelled otherwise.
func within<Value: Sendable>(
    _ limit: Duration = .seconds(60),
    _ what: String,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw NeverHappened(what: what)
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw NeverHappened(what: what) }
        return value
    }
}

/// Awaits a condition; throws when it does not hold within the limit.
func eventually(
    within limit: Duration = .seconds(60),
    _ what: String,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw NeverHappened(what: what) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

struct NeverHappened: Error, CustomStringConvertible {
    let what: String
    var description: String { "never happened: \(what)" }
}

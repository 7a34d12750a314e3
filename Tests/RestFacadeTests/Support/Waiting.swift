/// The result of `body`, which must come within the limit; cancelled otherwise.
func within<Value: Sendable>(
    _ limit: Duration = .seconds(30),
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

struct NeverHappened: Error, CustomStringConvertible {
    let what: String
    var description: String { "never happened: \(what)" }
}

import Domain

/// Awaits a condition; throws when it does not hold within the deadline.
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

/// The code of the `HubError` that `body` throws; nil when it throws nothing.
func code(of body: () async throws -> Void) async throws -> HubError.Code? {
    do {
        try await body()
        return nil
    } catch let error as HubError {
        return error.code
    }
}

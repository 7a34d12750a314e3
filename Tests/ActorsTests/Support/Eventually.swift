import Domain
import Foundation
import Testing

/// Waits until `condition` holds; throws when it does not within the time.
func eventually(
    _ what: String,
    within limit: Duration = .seconds(60),
    at location: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("not within \(limit): \(what)", sourceLocation: location)
            throw NotInTime(what: what)
        }
        try await Task.sleep(for: .milliseconds(3))
    }
}

struct NotInTime: Error {
    let what: String
}

extension Timestamp {
    /// Now, by the system's clock.
    static var present: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}

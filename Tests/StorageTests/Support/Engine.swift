import Foundation
import Testing

/// The databases that every case of the contract runs on.
enum Engine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgres

    var testDescription: String { rawValue }

    /// The throw-away cluster that the test script starts.
    static func clusterURL() throws -> String {
        guard let url = ProcessInfo.processInfo.environment["HUB_TEST_POSTGRES_URL"], !url.isEmpty else {
            throw MissingCluster()
        }
        return url
    }
}

struct MissingCluster: Error, CustomStringConvertible {
    let description = "HUB_TEST_POSTGRES_URL is not set. Run: make test"
}

import ServiceLifecycle

/// Ends the connections to outside services, once nothing needs them any more.
struct ClientCloser: Service {
    private let closings: [@Sendable () async -> Void]

    init(_ closings: [@Sendable () async -> Void]) {
        self.closings = closings
    }

    func run() async throws {
        // It is cancelled when another service failed; then they are closed as well.
        try? await gracefulShutdown()
        for close in closings { await close() }
    }
}

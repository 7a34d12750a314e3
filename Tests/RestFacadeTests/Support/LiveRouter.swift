import Foundation
import Hummingbird
import Logging
import ServiceLifecycle

@testable import RestFacade

/// Routes behind the facade's own middleware, live on a port of their own.
enum LiveRouter {
    struct NoPort: Error {}

    static func with(_ addRoutes: (Router<RestContext>) -> Void, _ body: (_ port: Int) async throws -> Void)
        async throws
    {
        let router = Router(context: RestContext.self)
        router.addMiddleware {
            ResponseHeadersMiddleware()
            ProblemMiddleware()
        }
        addRoutes(router)
        let logger = Logger(label: "live-router") { _ in SwiftLogNoOpLogHandler() }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        let services = ServiceGroup(services: [server], logger: logger)
        let running = Task { try await services.run() }
        guard let bound = await ports.first(where: { _ in true }) else { throw NoPort() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(bound)) } catch { result = .failure(error) }
        await services.triggerGracefulShutdown()
        try await running.value
        try result.get()
    }
}

/// A directory of one test.
enum TemporaryFolder {
    static func with(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hub-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let result: Result<Void, any Error>
        do { result = .success(try await body(folder)) } catch { result = .failure(error) }
        try FileManager.default.removeItem(at: folder)
        try result.get()
    }
}

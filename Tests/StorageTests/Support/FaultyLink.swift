import Foundation
import Glibc
import Synchronization

@testable import Storage

/// A unix socket in front of the test cluster's server, which can be cut, frozen and healed.
///
/// To its client it is a PostgreSQL that stops, hangs and comes back, while other tests keep theirs.
final class FaultyLink: Sendable {
    private struct State {
        var listener: Int32 = -1
        /// Both ends of every connection.
        var ends: Set<Int32> = []
        /// Bytes are swallowed instead of passed on.
        var isFrozen = false
    }

    private let directory: URL
    private let target: String
    private let state = Mutex(State())
    /// Reaches the given database through this link.
    let url: String

    init(_ fixture: StoreFixture) async throws {
        directory = fixture.directory
        let cluster = try Engine.clusterURL()
        let user = cluster.dropFirst("postgres://".count).prefix { $0 != "@" }
        url = "postgres://\(user)@/\(fixture.databaseName)?host=\(fixture.directory.path())&port=1"
        let database = try PostgresDatabase(url: cluster, limits: .patient, logger: StoreFixture.logger)
        let rows = try await database.read {
            try $0.execute("SELECT current_setting('unix_socket_directories'), current_setting('port')")
        }
        await database.close()
        var row = rows[0].reader
        let socketDirectory = try row.text().split(separator: ",")[0]
        target = try "\(socketDirectory)/.s.PGSQL.\(row.text())"
        heal()
    }

    deinit {
        cut()
    }

    /// Ends all connections and refuses new ones.
    func cut() {
        state.withLock { state in
            if state.listener >= 0 { shutdown(state.listener, Int32(SHUT_RDWR)) }
            state.listener = -1
            for end in state.ends { shutdown(end, Int32(SHUT_RDWR)) }
        }
        unlink(path)
    }

    /// Connections stay open, and new ones are accepted, but nothing goes through any more.
    func freeze() {
        state.withLock { $0.isFrozen = true }
    }

    /// Lets connections through; what was swallowed stays lost.
    func heal() {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        unlink(path)
        precondition(Self.withAddress(path) { bind(listener, $0, $1) } == 0 && listen(listener, 64) == 0)
        state.withLock { state in
            if state.listener >= 0 { shutdown(state.listener, Int32(SHUT_RDWR)) }
            state.listener = listener
            state.isFrozen = false
        }
        let thread = Thread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, let self else { break }
                self.relay(client)
            }
            close(listener)
        }
        thread.start()
    }

    private var path: String { directory.appending(path: ".s.PGSQL.1").path() }

    private func relay(_ client: Int32) {
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard Self.withAddress(target, { connect(server, $0, $1) }) == 0 else {
            close(client)
            close(server)
            return
        }
        state.withLock { $0.ends.formUnion([client, server]) }
        // Each end is closed by the thread that reads it, when neither thread writes to it any more.
        let group = DispatchGroup()
        for (from, to) in [(client, server), (server, client)] {
            group.enter()
            Thread { [self] in
                pump(from, to)
                group.leave()
            }.start()
        }
        group.notify(queue: .global()) { [self] in
            state.withLock { $0.ends.subtract([client, server]) }
            close(client)
            close(server)
        }
    }

    private func pump(_ from: Int32, _ to: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(from, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            if state.withLock({ $0.isFrozen }) { continue }
            var sent = 0
            while sent < count {
                let written = buffer.withUnsafeBytes {
                    send(to, $0.baseAddress.map { $0 + sent }, count - sent, Int32(MSG_NOSIGNAL))
                }
                guard written > 0 else { break }
                sent += written
            }
        }
        shutdown(from, Int32(SHUT_RDWR))
        shutdown(to, Int32(SHUT_RDWR))
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

import NIOCore
import NIOPosix
import Testing

/// One TCP connection that says HTTP/1.1 byte by byte, so that tests can send half of a request.
struct RawHTTP {
    struct Answer {
        let status: Int
        /// By lower-case names.
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var received: [UInt8] = []

    /// Runs `body` on a new connection, which is closed afterwards.
    static func with<Value: Sendable>(port: Int, _ body: (inout RawHTTP) async throws -> Value) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawHTTP(outbound: outbound, inbound: inbound.makeAsyncIterator())
            return try await body(&connection)
        }
    }

    /// One request and its answer on a connection of their own.
    static func send(
        port: Int,
        _ method: String,
        _ target: String,
        _ headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        try await with(port: port) { connection in
            let length = body.map { ["Content-Length": String($0.count)] } ?? [:]
            try await connection.sendHead(method, target, headers.merging(length) { given, _ in given })
            if let body { try await connection.send(body) }
            return try await connection.answer(to: method)
        }
    }

    func sendHead(_ method: String, _ target: String, _ headers: [String: String]) async throws {
        let fields = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
        try await send(Array("\(method) \(target) HTTP/1.1\r\nHost: hub.example\r\n\(fields)\r\n".utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// One chunk of a body with `Transfer-Encoding: chunked`; an empty one ends it.
    func sendChunk(_ bytes: [UInt8]) async throws {
        try await send(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8))
    }

    mutating func answer(to method: String) async throws -> Answer {
        while received.headEnd == nil { try await receive() }
        let end = try #require(received.headEnd)
        let lines = String(decoding: received[..<end], as: UTF8.self).split(separator: "\r\n")
        received.removeFirst(end + 4)
        let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let hasBody = method != "HEAD" && status != 304 && status != 204
        let count = hasBody ? try #require(headers["content-length"].flatMap { Int($0) }) : 0
        while received.count < count { try await receive() }
        defer { received.removeFirst(count) }
        return Answer(status: status, headers: headers, body: Array(received.prefix(count)))
    }

    /// Returns when the other end has closed the connection.
    mutating func end() async {
        while let bytes = try? await inbound.next(isolation: #isolation), bytes.readableBytes > 0 {}
    }

    private mutating func receive() async throws {
        guard let bytes = try await inbound.next(isolation: #isolation) else { throw Ended() }
        received += Array(bytes.readableBytesView)
    }

    struct Ended: Error {}
}

extension [UInt8] {
    fileprivate var headEnd: Int? {
        guard count >= 4 else { return nil }
        return (0...(count - 4)).first { self[$0..<$0 + 4].elementsEqual("\r\n\r\n".utf8) }
    }
}

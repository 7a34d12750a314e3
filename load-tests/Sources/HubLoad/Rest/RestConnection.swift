import Glibc

/// One keep-alive connection to an HTTP server, with one request on its way at a time.
final class RestConnection {
    struct Answer {
        let status: Int
        let body: String
    }

    let descriptor: Int32
    /// When the request that is on its way was sent, by the monotonic clock.
    private(set) var sentAt: UInt64 = 0
    private var received: [UInt8] = []

    init(port: Int) throws(LoadError) {
        descriptor = try Connector.connect(to: port, from: 0, receiveBytes: nil)
        try wait(for: POLLOUT)
    }

    deinit {
        close(descriptor)
    }

    static func request(_ method: String, _ path: String, token: String? = nil, json: String = "") -> [UInt8] {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        if let token { text += "Authorization: Bearer \(token)\r\n" }
        if !json.isEmpty { text += "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n" }
        return Array("\(text)\r\n\(json)".utf8)
    }

    /// Sends a request, which fits into the socket's buffer.
    func send(_ request: [UInt8]) throws(LoadError) {
        sentAt = MonotonicTime.now
        guard write(descriptor, request, request.count) == request.count else {
            throw LoadError("a request could not be sent (errno \(errno))")
        }
    }

    /// Reads what has come; nil until the answer is whole.
    func receive() throws(LoadError) -> Answer? {
        let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { space in
            let count = read(descriptor, space.baseAddress, space.count)
            if count > 0 { received += UnsafeRawBufferPointer(space)[..<count] }
            return count
        }
        guard count > 0 || count < 0 && errno == EAGAIN else { throw LoadError("the server closed a connection") }
        return try answer()
    }

    /// Sends a request and waits for its answer.
    func ask(_ request: [UInt8]) throws(LoadError) -> Answer {
        try send(request)
        while true {
            try wait(for: POLLIN)
            if let answer = try receive() { return answer }
        }
    }

    private func answer() throws(LoadError) -> Answer? {
        guard let end = received.firstRange(of: [13, 10, 13, 10]) else { return nil }
        let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].filter { $0 != " " }) }
        guard let length, let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw LoadError("an answer has no length: \(lines.first ?? "")")
        }
        guard received.count >= end.upperBound + length else { return nil }
        let body = String(decoding: received[end.upperBound..<end.upperBound + length], as: UTF8.self)
        received.removeFirst(end.upperBound + length)
        return Answer(status: status, body: body)
    }

    private func wait(for events: Int32) throws(LoadError) {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        guard poll(&entry, 1, 30_000) == 1 else { throw LoadError("the server says nothing") }
    }
}

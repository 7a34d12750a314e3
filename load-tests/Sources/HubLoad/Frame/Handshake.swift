/// The client's side of the opening handshake (RFC 6455, 4.1).
enum Handshake {
    /// The key of RFC 6455, 1.3, and the answer that belongs to it: nothing has to be hashed.
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    private static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    static func request(path: String, port: Int, deflate: Bool) -> [UInt8] {
        var lines = [
            "GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
        ]
        if deflate {
            lines.append(
                "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            )
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// How many bytes the answer takes; nil while it is not there in full.
    ///
    /// Throws when the server refused, or did not agree on the compression that was asked for.
    static func answerByteCount(in bytes: UnsafeRawBufferPointer, deflate: Bool) throws(LoadError) -> Int? {
        let end: [UInt8] = [13, 10, 13, 10]
        guard let head = bytes.indices.dropLast(3).first(where: { bytes[$0..<$0 + 4].elementsEqual(end) }) else {
            return nil
        }
        let answer = String(decoding: bytes[..<head], as: UTF8.self)
        let fields = answer.split(separator: "\r\n").dropFirst().map { $0.lowercased() }
        guard answer.hasPrefix("HTTP/1.1 101"), answer.contains(accept) else {
            throw LoadError("the server refused a handshake:\n\(answer)")
        }
        let extensions = fields.first { $0.hasPrefix("sec-websocket-extensions:") } ?? ""
        guard extensions.contains("permessage-deflate") == deflate,
            !deflate || extensions.contains("server_no_context_takeover")
        else {
            throw LoadError("asked for deflate \(deflate ? "on" : "off"), the server answered '\(extensions)'")
        }
        return head + 4
    }
}

import Crypto
package import NIOCore

/// Answers the opening handshake of a WebSocket (RFC 6455 section 4.2).
package struct Handshake: Sendable {
    /// What a socket starts with.
    package struct Acceptance: Hashable, Sendable {
        /// The bytes of the 101, after which the connection speaks WebSocket.
        package let response: ByteBuffer
        package let deflate: DeflateParameters?
        /// The subprotocol that was offered and is spoken.
        package let subprotocol: String?
    }

    package enum Decision: Hashable, Sendable {
        case accept(Acceptance)
        case refuse(UpgradeRefusal)
    }

    private let origins: OriginPolicy
    private let deflate: DeflatePolicy
    private let subprotocol: String

    package init(origins: OriginPolicy, deflate: DeflatePolicy, subprotocol: String = "hub.v1") {
        self.origins = origins
        self.deflate = deflate
        self.subprotocol = subprotocol
    }

    /// Decides on a request for a socket path.
    ///
    /// - Parameter mayTakeContextOver: Whether there is memory for zlib streams of its own.
    package func decide(_ head: RequestHead, mayTakeContextOver: Bool = true) -> Decision {
        do throws(UpgradeRefusal) {
            return .accept(try self.accept(head, mayTakeContextOver ? deflate : deflate.withoutContextTakeover))
        } catch {
            return .refuse(error)
        }
    }

    private func accept(_ head: RequestHead, _ policy: DeflatePolicy) throws(UpgradeRefusal) -> Acceptance {
        guard head.method == "GET" else { throw .methodNotAllowed }
        guard head.version == .http11 else { throw .versionNotSupported }
        guard let host = try Self.single("host", in: head), !host.isEmpty else {
            throw .badRequest("send a Host header")
        }
        try Self.refuseBody(head)
        guard
            Self.hasToken("websocket", in: "upgrade", of: head),
            Self.hasToken("upgrade", in: "connection", of: head),
            try Self.single("sec-websocket-version", in: head) == "13"
        else { throw .upgradeRequired }
        guard let key = try Self.single("sec-websocket-key", in: head), Base64.decodes(key, toByteCount: 16) else {
            throw .badRequest("Sec-WebSocket-Key has to be 16 bytes in base64")
        }
        guard self.origins.allows(origin: try Self.single("origin", in: head), host: host) else { throw .foreignOrigin }

        let offered = HTTPGrammar.list(head.values(of: "sec-websocket-protocol"))
        let subprotocol = offered.contains(self.subprotocol) ? self.subprotocol : nil
        let deflate = DeflateExtension.negotiate(head.values(of: "sec-websocket-extensions"), policy: policy)
        return Acceptance(
            response: Self.response(key: key, subprotocol: subprotocol, deflate: deflate),
            deflate: deflate,
            subprotocol: subprotocol
        )
    }

    private static func response(key: String, subprotocol: String?, deflate: DeflateParameters?) -> ByteBuffer {
        var response = ByteBuffer()
        response.reserveCapacity(256)
        response.writeStaticString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
        response.writeString("Sec-WebSocket-Accept: \(Self.acceptValue(forKey: key))\r\n")
        if let subprotocol { response.writeString("Sec-WebSocket-Protocol: \(subprotocol)\r\n") }
        if let deflate { response.writeString("Sec-WebSocket-Extensions: \(deflate.headerValue)\r\n") }
        response.writeStaticString("\r\n")
        return response
    }

    /// Proves that the server understood the handshake (section 4.2.2). SHA-1 protects nothing here.
    static func acceptValue(forKey key: String) -> String {
        var hash = Insecure.SHA1()
        var text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        return Base64.encode(Array(hash.finalize()))
    }

    /// A header that must not be repeated: whoever reads the other copy would see another request.
    private static func single(_ name: String, in head: RequestHead) throws(UpgradeRefusal) -> String? {
        let values = head.values(of: name)
        guard values.count <= 1 else { throw .badRequest("send \(name) only once") }
        return values.first
    }

    /// A handshake has no body; bytes that claim to be one would be read as frames.
    private static func refuseBody(_ head: RequestHead) throws(UpgradeRefusal) {
        guard head.values(of: "transfer-encoding").isEmpty else { throw .badRequest("a handshake has no body") }
        guard head.values(of: "content-length").allSatisfy({ $0 == "0" }) else {
            throw .badRequest("a handshake has no body")
        }
    }

    private static func hasToken(_ token: String, in name: String, of head: RequestHead) -> Bool {
        HTTPGrammar.list(head.values(of: name)).contains { $0.lowercased() == token }
    }
}

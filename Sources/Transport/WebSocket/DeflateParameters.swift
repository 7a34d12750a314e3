/// What client and server agreed about permessage-deflate (RFC 7692 section 7.1).
package struct DeflateParameters: Hashable, Sendable {
    /// The server's every message is compressed for itself.
    package let serverNoContextTakeover: Bool
    /// The client's every message is compressed for itself.
    package let clientNoContextTakeover: Bool
    /// Window the server keeps to (9…15), or nil if the client did not ask for one.
    package let serverMaxWindowBits: Int?
    /// Window the client keeps to (8…15), or nil if it was not limited.
    package let clientMaxWindowBits: Int?

    package init(
        serverNoContextTakeover: Bool,
        clientNoContextTakeover: Bool,
        serverMaxWindowBits: Int? = nil,
        clientMaxWindowBits: Int? = nil
    ) {
        self.serverNoContextTakeover = serverNoContextTakeover
        self.clientNoContextTakeover = clientNoContextTakeover
        self.serverMaxWindowBits = serverMaxWindowBits
        self.clientMaxWindowBits = clientMaxWindowBits
    }

    /// Whether the connection has a zlib stream of its own, which remembers earlier messages.
    package var takesContextOver: Bool { !serverNoContextTakeover || !clientNoContextTakeover }

    /// The value of the response's `Sec-WebSocket-Extensions`.
    package var headerValue: String {
        var value = "permessage-deflate"
        if self.serverNoContextTakeover { value += "; server_no_context_takeover" }
        if self.clientNoContextTakeover { value += "; client_no_context_takeover" }
        if let bits = self.serverMaxWindowBits { value += "; server_max_window_bits=\(bits)" }
        if let bits = self.clientMaxWindowBits { value += "; client_max_window_bits=\(bits)" }
        return value
    }
}

import Foundation

/// The products that a peer is asked for, and the token to ask with.
struct ProductShelf {
    static let count = 100_000
    static let path = "/api/v1/products"
    /// One of those that the peer's `fill.py` makes.
    static let onePath = "/api/v1/products/p_00000000000000000000000007"

    let port: Int
    let token: String

    /// Fills the peer's database, and signs in.
    init(_ server: PeerProcess, _ peer: Peer) throws(LoadError) {
        port = server.port
        try Self.fill(server, peer)
        token = try Self.signIn(server, peer)
    }

    /// A token of the administrator whom `start` makes.
    static func signIn(_ server: PeerProcess, _ peer: Peer) throws(LoadError) -> String {
        let credentials = #"{"email":"admin@example.com","password":"load-test-password"}"#
        let answer = try RestConnection(port: server.port).ask(
            RestConnection.request("POST", "/api/v1/auth/login", json: credentials))
        guard answer.status == 200, let token = member("access_token", of: answer.body) else {
            throw LoadError("\(peer.name) let nobody sign in: \(answer.status) \(answer.body)")
        }
        return token
    }

    /// A member of a JSON object that is a string; nil when it is none.
    static func member(_ name: String, of json: String) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        return object?[name] as? String
    }

    private static func fill(_ server: PeerProcess, _ peer: Peer) throws(LoadError) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", peer.path + "/fill.py", String(count), server.folder]
        do {
            try process.run()
        } catch {
            throw LoadError("could not fill \(peer.name): \(error)")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw LoadError("\(peer.name) could not be filled") }
    }
}

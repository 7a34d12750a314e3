/// A language model that always gives the same long answer: the program `model` beside the hub's `start`.
struct LocalModel {
    private let process: PeerProcess

    /// - Parameter seconds: How long an answer grows.
    init(near peer: Peer, tokensPerSecond: Double, seconds: Double) throws(LoadError) {
        process = try PeerProcess(
            "the model", program: peer.path + "/../hub/model",
            arguments: [String(Int(tokensPerSecond)), String(Int(seconds))])
    }

    /// What a hub must be told to use it.
    var environment: [String: String] {
        [
            "OPENAI_BASE_URL": "http://127.0.0.1:\(process.port)/v1", "OPENAI_API_KEY": "load-test-key",
            "OPENAI_MODEL": "load-test-model",
        ]
    }
}

extension AssistantRun.ID {
    /// What a tool makes in a run is made once, however often the run asks for it.
    ///
    /// - Parameter arguments: Tells another request apart; it is kept as a hash alone.
    package func once<Value>(
        _ tool: String,
        _ arguments: [String?],
        answer: @escaping @Sendable (Value) -> JSONValue
    ) -> Once<Value> {
        let text = arguments.map { $0 ?? "\u{0}" }.joined(separator: "\u{1}")
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Once(
            owner: "assistant", key: "\(tool)/\(self.text)", fingerprint: String(hash, radix: 16),
            answer: { StoredAnswer(status: 200, location: nil, body: answer($0).text) })
    }
}

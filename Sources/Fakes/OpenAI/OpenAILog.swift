/// What was asked and how it ended, the newest last.
struct OpenAILog: Sendable, Equatable {
    private(set) var entries: [OpenAILogEntry] = []
    /// Entries that made room for newer ones.
    private(set) var dropped = 0
    /// Numbers of streams that run.
    private var streams: Set<Int> = []
    private(set) var mostStreams = 0

    mutating func begin(_ entry: OpenAILogEntry, most: Int) {
        entries.append(entry)
        if entry.isStreamed, entry.status == 200 {
            streams.insert(entry.number)
            mostStreams = max(mostStreams, streams.count)
        }
        // In one go for many, so that a full log costs little.
        if entries.count >= most + max(1, most / 4) {
            dropped += entries.count - most
            entries.removeFirst(entries.count - most)
        }
    }

    mutating func end(_ number: Int, _ end: String, sent: Int, at now: Double) {
        streams.remove(number)
        guard let first = entries.first?.number, entries.indices.contains(number - first) else { return }
        entries[number - first].end = end
        entries[number - first].sentBytes = sent
        entries[number - first].endedAt = now
    }

    /// `last` is how many entries are told.
    func json(last: Int?) -> JSON {
        let told = entries.suffix(last ?? entries.count)
        return [
            "requests": .array(told.map(\.json)), "count": .integer(Int64(entries.count + dropped)),
            "dropped": .integer(Int64(dropped)), "streams": .integer(Int64(streams.count)),
            "most_streams": .integer(Int64(mostStreams)),
        ]
    }
}

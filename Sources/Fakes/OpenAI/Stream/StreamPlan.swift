/// What is written on a connection and when, and how it ends.
struct StreamPlan: Sendable, Equatable {
    struct Write: Sendable, Equatable {
        /// Seconds since the answer began.
        var at: Double
        let bytes: [UInt8]
    }

    enum Ending: String, Sendable {
        case finished
        /// It ends well, but not all of it was sent.
        case truncated
        /// The connection is closed in the middle of the body.
        case cut
        /// The same with a reset.
        case reset
    }

    private(set) var writes: [Write] = []
    var ending = Ending.finished

    var byteCount: Int { writes.reduce(0) { $0 + $1.bytes.count } }

    /// A body that comes in one piece.
    init(body: String) {
        writes = [Write(at: 0, bytes: Array(body.utf8))]
    }

    /// Events in the framing and pace of a delivery.
    init(_ frames: [StreamFrame], _ delivery: Delivery) {
        let pause = delivery.tokensPerSecond > 0 ? 1 / delivery.tokensPerSecond : 0
        var time = delivery.firstToken
        for (place, frame) in frames.enumerated() {
            if frame.kind == .token { time += pause }
            let isLast = place == frames.count - 1
            writes.append(Write(at: time, bytes: Array(Self.event(frame.payload, delivery, isLast: isLast).utf8)))
        }
        if let size = delivery.chunk { rewrite(size: size, pause: delivery.chunkPause) }
    }

    /// Comments alone, for as long as it takes.
    init(commentsFor seconds: Double, _ delivery: Delivery) {
        let end = delivery.lineEnding.rawValue
        let comment = Array(": keep-alive\(end)\(end)".utf8)
        let count = max(1, Int(seconds * 10))
        writes = (0..<count).map { Write(at: Double($0) / 10, bytes: comment) }
        writes.append(Write(at: seconds, bytes: comment))
        ending = .truncated
    }

    private static func event(_ payload: String, _ delivery: Delivery, isLast: Bool) -> String {
        let end = delivery.lineEnding.rawValue
        let field = delivery.hasSpace ? "data: " : "data:"
        var text = delivery.hasComments ? ": keep-alive\(end)\(end)" : ""
        if delivery.hasOtherFields { text += "event: message\(end)id: 1\(end)future: field\(end)nocolon\(end)" }
        if delivery.splitsData, payload.hasPrefix("{") {
            // A line break is white space between two tokens of JSON.
            text += "\(field){\(end)\(field)\(payload.dropFirst())"
        } else {
            text += field + payload
        }
        return text + end + (isLast && !delivery.endsWithBlankLine ? "" : end)
    }

    // MARK: What is done to it

    /// Cuts the bytes into writes of one size; only the last may be shorter.
    private mutating func rewrite(size: Int, pause: Double) {
        var cut: [Write] = []
        var rest: [UInt8] = []
        var time = 0.0
        func add(_ bytes: some Sequence<UInt8>, _ earliest: Double) {
            time = cut.isEmpty ? earliest : max(time + pause, earliest)
            cut.append(Write(at: time, bytes: Array(bytes)))
        }
        for write in writes {
            rest += write.bytes
            while rest.count >= size {
                add(rest.prefix(size), write.at)
                rest.removeFirst(size)
            }
        }
        if !rest.isEmpty { add(rest, writes.last?.at ?? 0) }
        writes = cut
    }

    /// Leaves out what comes after so many bytes.
    mutating func end(after count: Int, _ ending: Ending) {
        split(at: count)
        var left = count
        writes = writes.filter { write in
            left -= write.bytes.count
            return left >= 0
        }
        self.ending = ending
    }

    /// Nothing is written for a while after so many bytes.
    mutating func stall(after count: Int, seconds: Double) {
        split(at: count)
        var before = 0
        for place in writes.indices {
            if before >= count { writes[place].at += seconds }
            before += writes[place].bytes.count
        }
    }

    /// Makes a write end at this byte.
    private mutating func split(at count: Int) {
        var before = 0
        for (place, write) in writes.enumerated() {
            let inside = count - before
            if inside > 0, inside < write.bytes.count {
                let halves = [write.bytes.prefix(inside), write.bytes.dropFirst(inside)]
                writes.replaceSubrange(place...place, with: halves.map { Write(at: write.at, bytes: Array($0)) })
                return
            }
            before += write.bytes.count
        }
    }
}

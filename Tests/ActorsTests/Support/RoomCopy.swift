import Domain

/// What a client has of one room, put together from join replies and pushes, and every breach of the promise.
struct RoomCopy: Sendable {
    /// The last number it has.
    private(set) var last: Int64
    private(set) var mids: [String] = []
    private(set) var isLive = false
    /// The room's head as a reply told it last.
    private(set) var head: Int64 = 0
    private(set) var breaches: [String] = []

    init(after last: Int64) {
        self.last = last
    }

    mutating func joined(_ reply: JSONValue) {
        for event in reply["events"]?.array ?? [] { take(event, "a reply") }
        isLive = reply["live"]?.bool == true
        head = reply["head"]?.integer ?? -1
        if isLive, head > last { breaches.append("live at \(last) though the head is \(head)") }
        if head < last { breaches.append("head \(head) below \(last)") }
    }

    mutating func pushed(_ event: JSONValue) {
        if !isLive { breaches.append("pushed \(event["seq"]?.integer ?? -1) before it was live") }
        take(event, "a push")
    }

    mutating func fellBehind() {
        isLive = false
    }

    private mutating func take(_ event: JSONValue, _ way: String) {
        let seq = event["seq"]?.integer ?? -1
        if seq != last + 1 { breaches.append("\(way) brought \(seq) after \(last)") }
        last = seq
        mids.append(event["mid"]?.string ?? "")
    }
}

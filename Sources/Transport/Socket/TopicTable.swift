import Actors
import Domain

/// Who on one event loop is subscribed to what.
struct TopicTable {
    struct Member {
        let socket: SocketReference
        let audience: Audience
        var subscriber: SubscriberMachine
    }

    /// Members lie side by side, so that fan-out runs through plain memory.
    private var topics: [TopicKey: ContiguousArray<Member>] = [:]

    mutating func subscribe(_ socket: SocketReference, to subscription: Subscription) {
        let member = Member(
            socket: socket, audience: subscription.audience,
            subscriber: SubscriberMachine(joinedUpTo: subscription.upTo))
        let place = topics[subscription.topic]?.firstIndex { $0.socket == socket }
        if let place {
            topics[subscription.topic]?[place] = member
        } else {
            topics[subscription.topic, default: []].append(member)
        }
    }

    mutating func unsubscribe(_ socket: SocketReference, from topic: TopicKey) {
        guard let place = topics[topic]?.firstIndex(where: { $0.socket == socket }) else { return }
        topics[topic]?.remove(at: place)
        if topics[topic]?.isEmpty == true { topics[topic] = nil }
    }

    /// Calls `visit` for each member; it may change the member's machine and says whether to keep the member.
    mutating func forEachMember(of topic: TopicKey, _ visit: (inout Member) -> Bool) {
        guard var members = topics.removeValue(forKey: topic) else { return }
        var place = members.startIndex
        while place < members.endIndex {
            if visit(&members[place]) {
                place += 1
            } else {
                members.swapAt(place, members.endIndex - 1)
                members.removeLast()
            }
        }
        if !members.isEmpty { topics[topic] = members }
    }

    /// A connection gave up a topic's events.
    mutating func overflowed(_ socket: SocketReference, in topic: TopicKey) {
        guard let place = topics[topic]?.firstIndex(where: { $0.socket == socket }) else { return }
        _ = topics[topic]?[place].subscriber.overflowed()
    }
}

import Actors
import Domain

/// Who on one event loop is subscribed to what.
struct TopicTable {
    /// A trivial value, so that fan-out runs through plain memory.
    struct Member {
        let socket: SocketReference
        let audience: Audience
        var subscriber: SubscriberMachine
    }

    typealias Members = ContiguousArray<Member>

    private var topics: [TopicKey: Members] = [:]

    mutating func subscribe(_ socket: SocketReference, to subscription: Subscription) {
        let member = Member(
            socket: socket, audience: subscription.audience,
            subscriber: SubscriberMachine(joinedUpTo: subscription.upTo))
        if let place = place(of: socket, in: subscription.topic) {
            topics[subscription.topic]?[place] = member
        } else {
            topics[subscription.topic, default: []].append(member)
        }
    }

    mutating func unsubscribe(_ socket: SocketReference, from topic: TopicKey) {
        guard let place = place(of: socket, in: topic) else { return }
        topics[topic]?.swapRemove(at: place)
        if topics[topic]?.isEmpty == true { topics[topic] = nil }
    }

    /// Lends the members of a topic out, to be changed in place; `giveBack` is due.
    mutating func take(_ topic: TopicKey) -> Members? {
        guard let index = topics.index(forKey: topic) else { return nil }
        var members: Members = []
        swap(&members, &topics.values[index])
        return members
    }

    mutating func giveBack(_ members: consuming Members, of topic: TopicKey) {
        topics[topic] = members.isEmpty ? nil : members
    }

    /// A connection gave up a topic's events.
    mutating func overflowed(_ socket: SocketReference, in topic: TopicKey) {
        guard let place = place(of: socket, in: topic) else { return }
        _ = topics[topic]?[place].subscriber.overflowed()
    }

    private func place(of socket: SocketReference, in topic: TopicKey) -> Int? {
        topics[topic]?.firstIndex { $0.socket == socket }
    }
}

extension TopicTable.Members {
    /// Removes a member at the price of the order, which nobody relies on.
    mutating func swapRemove(at place: Int) {
        swapAt(place, endIndex - 1)
        removeLast()
    }
}

package import Domain
package import NIOCore
package import Wire

/// A serial execution lane that actors can be pinned to: an event loop in production.
///
/// Work handed over from one place runs in the order it was handed over.
package protocol ExecutionLane: AnyObject, Sendable {
    /// The same one always, kept by the lane: actors hold it unowned.
    var executor: any SerialExecutor { get }
    /// Whether the caller runs on this lane now.
    var isCurrent: Bool { get }
    func execute(_ work: @escaping @Sendable () -> Void)
    func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void)
}

/// The sockets of one event loop, as rooms and sessions see them.
///
/// Messages of one sender arrive in the order they were posted. A lane gathers what is posted in one turn and
/// hops to its loop once; a message for a connection that is gone is dropped.
package protocol ConnectionLane: AnyObject, Sendable {
    func post(_ message: LaneMessage)
}

/// What a lane is asked to do.
package enum LaneMessage: Sendable {
    /// A reply or control frame: always queued.
    case frame(SocketReference, ByteBuffer)
    /// A frame that a slow socket goes without.
    case droppable(SocketReference, ByteBuffer)
    /// An operation was refused; counts against the connection when the client is to blame.
    case refuse(SocketReference, HubError, id: Int64?)
    /// Queue `frame`, then hand over everything published to the topic after `upTo`.
    case subscribe(SocketReference, Subscription, frame: ByteBuffer?)
    case unsubscribe(SocketReference, TopicKey)
    case publish(Publication)
    /// Keep what comes for this socket until `accepted`, whose reply goes first.
    case cork(SocketReference)
    case accepted(SocketReference, Acceptance)
    /// An `auth` failed; without `closing` the client may try another.
    case rejected(SocketReference, HubError, id: Int64?, closing: DisconnectReason?)
    case close(SocketReference, DisconnectReason)
}

/// An `auth` succeeded.
package struct Acceptance: Sendable {
    package let session: SessionActor
    /// To be told to the session as disconnected when the socket is gone already.
    package let connection: ConnectionID
    /// When the token ends; nil for tokens without an end.
    package let expiresAt: Timestamp?
    /// Nil when the client wanted no reply.
    package let reply: ByteBuffer?
}

/// A socket within its lane; the generation tells it from earlier ones in the same slot.
package struct SocketReference: Sendable, Hashable {
    package let slot: UInt32
    package let generation: UInt32

    package init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }
}

/// One connection's interest in a topic.
package struct Subscription: Sendable {
    package let topic: TopicKey
    package let audience: Audience
    /// The last number the join reply brought.
    package let upTo: SequenceNumber

    package init(topic: TopicKey, audience: Audience, upTo: SequenceNumber) {
        self.topic = topic
        self.audience = audience
        self.upTo = upTo
    }
}

/// What everybody on a lane who is subscribed to a topic gets.
package struct Publication: Sendable {
    package enum Content: Sendable {
        /// Events of a room's log in a row, which begin at `first`: delivered in order, or the connection is told
        /// that it fell behind.
        case events(RoomID, first: SequenceNumber, [EncodedPush])
        /// Only the newest per key matters.
        case latest(EncodedPush, key: String)
        /// The first to be dropped.
        case droppable(EncodedPush)
    }

    package let topic: TopicKey
    package let content: Content
    /// A connection that does not want its own echo.
    package let except: ConnectionID?

    package init(topic: TopicKey, _ content: Content, except: ConnectionID? = nil) {
        self.topic = topic
        self.content = content
        self.except = except
    }
}

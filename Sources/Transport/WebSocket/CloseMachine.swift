package import NIOCore

/// Decides how a connection ends (RFC 6455 section 7): what to send, and when to close the TCP side.
///
/// ```
///          close ┌─────────────┐ peer's frame, end of input, deadline
/// open ─────────►│ awaitingPeer├──────────────────────────────► closed
///   │ fail       └──────┬──────┘ fail                             ▲
///   ├──────────────►lingering────────── end of input, deadline ───┤
///   └─ peer's frame, end of input ────────────────────────────────┘
/// ```
/// The driver runs the returned action and decides nothing. It calls `timePassed` when `deadline` has come.
package struct CloseMachine: Sendable {
    package enum Initiator: Hashable, Sendable {
        case us
        case peer
    }

    /// How the connection ended, for logs and metrics.
    package struct Outcome: Hashable, Sendable {
        package let initiator: Initiator
        /// What the initiator said; absent if it said nothing.
        package let code: CloseCode?
        /// Whether both sides have sent a close frame.
        package let isClean: Bool
    }

    package enum Action: Hashable, Sendable {
        case none
        /// Send the frame behind what is queued, send nothing after it, go on reading.
        case send(CloseFrame)
        /// As `send`, then end the output (FIN): the peer sees that it is over, and since its bytes are still read and
        /// thrown away, the kernel does not answer them with a reset that would destroy the close frame on its way.
        case sendAndEndOutput(CloseFrame)
        /// As `send`, then close the connection as soon as the frame is written.
        case sendAndDrop(CloseFrame)
        /// Close the connection at once.
        case drop
    }

    private enum State {
        /// Can become: `awaitingPeer`, `lingering`, `closed`.
        case open
        /// We have sent a close frame and wait for the peer's. Can become: `lingering`, `closed`.
        case awaitingPeer(CloseCode?, deadline: NIODeadline)
        /// We have given up on the peer's bytes and wait for it to see that. Can become: `closed`.
        case lingering(CloseCode, deadline: NIODeadline)
        case closed(Outcome)
    }

    private let timeout: TimeAmount
    private var state = State.open

    /// - Parameter timeout: how long the peer has for its part: `SocketLimits.closeTimeout`.
    package init(timeout: TimeAmount) {
        self.timeout = timeout
    }

    /// Whether messages may be sent and received.
    package var isOpen: Bool {
        switch self.state {
        case .open: true
        case .awaitingPeer, .lingering, .closed: false
        }
    }

    /// When `timePassed` has something to decide.
    package var deadline: NIODeadline? {
        switch self.state {
        case .open, .closed: nil
        case .awaitingPeer(_, let deadline), .lingering(_, let deadline): deadline
        }
    }

    package var outcome: Outcome? {
        switch self.state {
        case .open, .awaitingPeer, .lingering: nil
        case .closed(let outcome): outcome
        }
    }

    /// The hub wants to close.
    package mutating func close(_ frame: CloseFrame, now: NIODeadline) -> Action {
        switch self.state {
        case .open:
            self.state = .awaitingPeer(frame.code, deadline: now + self.timeout)
            return .send(frame)
        case .awaitingPeer, .lingering, .closed:
            return .none
        }
    }

    /// The peer broke the protocol: nothing it sends can be understood any more (section 7.1.7).
    package mutating func fail(_ violation: ProtocolViolation, now: NIODeadline) -> Action {
        switch self.state {
        case .open:
            self.state = .lingering(violation.code, deadline: now + self.timeout)
            return .sendAndEndOutput(violation.closeFrame)
        case .awaitingPeer(let code, _):
            // Our close frame is out already, and there must be no second one.
            self.state = .closed(Outcome(initiator: .us, code: code, isClean: false))
            return .drop
        case .lingering, .closed:
            return .none
        }
    }

    /// The peer's close frame came.
    package mutating func received(_ frame: CloseFrame) -> Action {
        switch self.state {
        case .open:
            self.state = .closed(Outcome(initiator: .peer, code: frame.code, isClean: true))
            // Section 5.5.1: the answer typically echoes the code. The server is the one to close TCP first (7.1.1).
            return .sendAndDrop(frame.code.map { CloseFrame($0) } ?? .empty)
        case .awaitingPeer(let code, _):
            self.state = .closed(Outcome(initiator: .us, code: code, isClean: true))
            return .drop
        case .lingering, .closed:
            return .none
        }
    }

    /// The peer ended its side of the TCP connection, or the connection broke.
    package mutating func inputEnded() -> Action {
        switch self.state {
        case .open:
            self.state = .closed(Outcome(initiator: .peer, code: nil, isClean: false))
            return .drop
        case .awaitingPeer(let code, _):
            self.state = .closed(Outcome(initiator: .us, code: code, isClean: false))
            return .drop
        case .lingering(let code, _):
            self.state = .closed(Outcome(initiator: .us, code: code, isClean: false))
            return .drop
        case .closed:
            return .none
        }
    }

    /// Time has passed; does something once `deadline` is reached.
    package mutating func timePassed(now: NIODeadline) -> Action {
        switch self.state {
        case .awaitingPeer(let code, let deadline) where now >= deadline:
            self.state = .closed(Outcome(initiator: .us, code: code, isClean: false))
            return .drop
        case .lingering(let code, let deadline) where now >= deadline:
            self.state = .closed(Outcome(initiator: .us, code: code, isClean: false))
            return .drop
        case .open, .awaitingPeer, .lingering, .closed:
            return .none
        }
    }
}

import NIOCore

/// Decides whether a request takes too long to arrive on an HTTP connection.
///
/// The pause between two requests is somebody else's business. The caller asks `deadline` after each input.
struct RequestClock: Equatable {
    enum State: Equatable {
        /// Nothing of the next request has come. Can become: `head`, `body`.
        case between
        /// A part of a head has come, or nothing yet on a new connection. Can become: `body`.
        case head(until: NIODeadline)
        /// The head is here, the end is not. Can become: `answering`, `between`.
        case body(until: NIODeadline, isAnswered: Bool)
        /// The request is complete. Can become: `between`.
        case answering
    }

    private let headTimeout: TimeAmount
    private let bodyTimeout: TimeAmount
    private(set) var state: State

    /// - Parameter firstHeadUntil: The time that is left for the head of the first request.
    init(firstHeadUntil: NIODeadline, headTimeout: TimeAmount, bodyTimeout: TimeAmount) {
        self.headTimeout = headTimeout
        self.bodyTimeout = bodyTimeout
        state = .head(until: firstHeadUntil)
    }

    /// By when the next part has to be complete; nil while nothing is awaited.
    var deadline: NIODeadline? {
        switch state {
        case .between, .answering: nil
        case .head(let until), .body(let until, _): until
        }
    }

    /// Something was read; whatever it completed has been told before.
    mutating func readBytes(at now: NIODeadline) {
        switch state {
        case .between: state = .head(until: now + headTimeout)
        case .head, .body, .answering: break
        }
    }

    mutating func readHead(at now: NIODeadline) {
        state = .body(until: now + bodyTimeout, isAnswered: false)
    }

    mutating func readEnd() {
        switch state {
        case .body(_, isAnswered: true): state = .between
        case .body(_, isAnswered: false): state = .answering
        case .between, .head, .answering: break
        }
    }

    /// The response is complete, maybe before the request is.
    mutating func answered() {
        switch state {
        case .body(let until, _): state = .body(until: until, isAnswered: true)
        case .answering: state = .between
        case .between, .head: break
        }
    }
}

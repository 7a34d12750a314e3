import Domain
import HubTestKit
import Testing

@Suite struct SessionMachineTests {
    private typealias Machine = SessionMachine

    private static let start = Samples.start
    private static let deadline = start + .seconds(10)
    private static let tokenEnd = start + .seconds(900)
    private static let unauthorized = HubError.unauthorized("send auth first")

    /// Every state, reached the way a connection reaches it.
    private enum Situation: String, CaseIterable {
        case awaiting, authenticating, live, liveForAWhile, closed

        func machine(_ limits: SessionLimits = SessionLimits()) -> SessionMachine {
            var machine = SessionMachine(openedAt: start, limits: limits)
            switch self {
            case .awaiting: break
            case .authenticating: _ = machine.received(.auth, at: start)
            case .live, .liveForAWhile:
                _ = machine.received(.auth, at: start)
                machine.accepted(expiresAt: self == .live ? nil : tokenEnd)
            case .closed: machine.closed()
            }
            return machine
        }
    }

    @Test func situationsAreTheStates() {
        #expect(Situation.awaiting.machine().state == .awaiting(deadline: Self.deadline))
        #expect(Situation.authenticating.machine().state == .authenticating(deadline: Self.deadline))
        #expect(Situation.live.machine().state == .live(expiresAt: nil, wasWarned: false))
        #expect(Situation.liveForAWhile.machine().state == .live(expiresAt: Self.tokenEnd, wasWarned: false))
        #expect(Situation.closed.machine().state == .closed)
    }

    @Test func everyFrameInEveryState() {
        let table: [(Situation, Machine.FrameKind, Machine.Verdict, Machine.State)] = [
            (.awaiting, .auth, .authenticate, .authenticating(deadline: Self.deadline)),
            (.awaiting, .ping, .handle, .awaiting(deadline: Self.deadline)),
            (.awaiting, .operation, .refuse(Self.unauthorized), .awaiting(deadline: Self.deadline)),
            (.authenticating, .auth, .hold, .authenticating(deadline: Self.deadline)),
            (.authenticating, .ping, .handle, .authenticating(deadline: Self.deadline)),
            (.authenticating, .operation, .hold, .authenticating(deadline: Self.deadline)),
            (.live, .auth, .authenticate, .live(expiresAt: nil, wasWarned: false)),
            (.live, .ping, .handle, .live(expiresAt: nil, wasWarned: false)),
            (.live, .operation, .handle, .live(expiresAt: nil, wasWarned: false)),
            (.closed, .auth, .ignore, .closed),
            (.closed, .ping, .ignore, .closed),
            (.closed, .operation, .ignore, .closed),
        ]
        for (situation, frame, verdict, state) in table {
            var machine = situation.machine()
            #expect(machine.received(frame, at: Self.start) == verdict, "\(situation) received \(frame)")
            #expect(machine.state == state, "\(situation) received \(frame)")
        }
    }

    @Test func everyEndOfAuthInEveryState() {
        let live = Machine.State.live(expiresAt: Self.tokenEnd, wasWarned: false)
        for situation in Situation.allCases {
            var accepted = situation.machine()
            accepted.accepted(expiresAt: Self.tokenEnd)
            #expect(accepted.state == (situation == .closed ? .closed : live), "\(situation)")

            var refused = situation.machine()
            let before = refused.state
            refused.refused()
            #expect(
                refused.state == (situation == .authenticating ? .awaiting(deadline: Self.deadline) : before),
                "\(situation)")

            var closed = situation.machine()
            closed.closed()
            #expect(closed.state == .closed, "\(situation)")
        }
    }

    @Test func everyErrorInEveryState() {
        let error = HubError.badRequest("x")
        for situation in Situation.allCases {
            var machine = situation.machine()
            let before = machine.state
            #expect(machine.errored(error, at: Self.start) == (situation == .closed ? .ignore : .refuse(error)))
            #expect(machine.state == before)
        }
    }

    @Test func timeInEveryState() {
        let table: [(Situation, Duration, Machine.TickAction, isOpen: Bool)] = [
            (.awaiting, .milliseconds(9999), .none, true),
            (.awaiting, .seconds(10), .close(.authTimeout), false),
            (.authenticating, .milliseconds(9999), .none, true),
            (.authenticating, .seconds(10), .close(.authTimeout), false),
            (.live, .seconds(1_000_000), .none, true),
            (.liveForAWhile, .seconds(839), .none, true),
            (.liveForAWhile, .seconds(840), .warn(expiresIn: .seconds(60)), true),
            (.liveForAWhile, .seconds(899), .warn(expiresIn: .seconds(1)), true),
            (.liveForAWhile, .seconds(900), .close(.tokenExpired), false),
            (.closed, .seconds(1000), .none, false),
        ]
        for (situation, wait, action, isOpen) in table {
            var machine = situation.machine()
            #expect(machine.tick(at: Self.start + wait) == action, "\(situation) after \(wait)")
            #expect((machine.state != .closed) == isOpen, "\(situation) after \(wait)")
        }
    }

    @Test func warnsOnceForEachToken() {
        var machine = Situation.liveForAWhile.machine()
        #expect(machine.tick(at: Self.tokenEnd - .seconds(30)) == .warn(expiresIn: .seconds(30)))
        #expect(machine.tick(at: Self.tokenEnd - .seconds(29)) == .none)
        #expect(machine.received(.auth, at: Self.tokenEnd - .seconds(20)) == .authenticate)
        let renewed = Self.tokenEnd + .seconds(900)
        machine.accepted(expiresAt: renewed)
        #expect(machine.tick(at: Self.tokenEnd + .seconds(1)) == .none)
        #expect(machine.tick(at: renewed - .seconds(10)) == .warn(expiresIn: .seconds(10)))
    }

    @Test func refusedRenewalKeepsTheOldToken() {
        var machine = Situation.liveForAWhile.machine()
        #expect(machine.received(.auth, at: Self.start) == .authenticate)
        machine.refused()
        #expect(machine.received(.operation, at: Self.start) == .handle)
        #expect(machine.tick(at: Self.tokenEnd) == .close(.tokenExpired))
    }

    @Test func heldFramesGoOnAfterAuth() {
        var machine = Situation.authenticating.machine()
        #expect(machine.received(.operation, at: Self.start) == .hold)
        #expect(machine.received(.auth, at: Self.start) == .hold)
        machine.accepted(expiresAt: nil)
        #expect(machine.released(.operation, at: Self.start) == .handle)
        #expect(machine.released(.auth, at: Self.start) == .authenticate)
        #expect(machine.released(.ping, at: Self.start) == .handle)
    }

    @Test func heldFramesAfterARefusalStartOver() {
        var machine = Situation.authenticating.machine()
        #expect(machine.received(.auth, at: Self.start) == .hold)
        #expect(machine.received(.operation, at: Self.start) == .hold)
        machine.refused()
        #expect(machine.released(.auth, at: Self.start) == .authenticate)
        #expect(machine.released(.operation, at: Self.start) == .hold)
        machine.refused()
        #expect(machine.released(.operation, at: Self.start) == .refuse(Self.unauthorized))
        machine.closed()
        #expect(machine.released(.operation, at: Self.start) == .ignore)
    }

    @Test func holdsABoundedNumberOfFrames() {
        var limits = SessionLimits()
        limits.maxFramesBeforeAuth = 3
        var machine = Situation.authenticating.machine(limits)
        for _ in 0..<3 { #expect(machine.received(.operation, at: Self.start) == .hold) }
        #expect(machine.received(.operation, at: Self.start) == .refuse(.busy("wait for the answer to auth")))
        #expect(machine.received(.ping, at: Self.start) == .handle)
        machine.refused()
        _ = machine.received(.auth, at: Self.start)
        for _ in 0..<3 { #expect(machine.received(.operation, at: Self.start) == .hold) }
    }

    @Test func floodIsRefusedThenClosed() {
        var limits = SessionLimits()
        limits.operationBurst = 5
        limits.operationsPerSecond = 2
        limits.maxErrors = 3
        var machine = Situation.live.machine(limits)
        // The auth took one of five.
        for _ in 0..<4 { #expect(machine.received(.operation, at: Self.start) == .handle) }
        let slow = HubError(.rateLimited, "too many operations: slow down", retryAfter: .milliseconds(500))
        #expect(machine.received(.operation, at: Self.start) == .refuse(slow))
        #expect(machine.received(.ping, at: Self.start) == .refuse(slow))
        #expect(machine.received(.operation, at: Self.start + .milliseconds(500)) == .handle)
        #expect(machine.received(.operation, at: Self.start + .milliseconds(500)) == .close(.rateLimited))
        #expect(machine.state == .closed)
    }

    @Test func errorsOutsideTheWindowAreForgiven() {
        var machine = Situation.live.machine()
        let error = HubError.badRequest("x")
        var now = Self.start
        for _ in 0..<200 {
            #expect(machine.errored(error, at: now) == .refuse(error))
            now = now + .milliseconds(300)
        }
        for _ in 0..<2 { _ = machine.errored(error, at: now) }
        #expect(machine.state != .closed)
    }

    @Test func twentyErrorsInFiveSecondsClose() {
        var machine = Situation.live.machine()
        for number in 1..<20 {
            let verdict = machine.errored(.badRequest("x"), at: Self.start + .milliseconds(number * 250))
            #expect(verdict == .refuse(.badRequest("x")))
        }
        #expect(machine.errored(.badRequest("x"), at: Self.start + .seconds(5)) == .close(.rateLimited))
        #expect(machine.errored(.badRequest("x"), at: Self.start + .seconds(5)) == .ignore)
    }

    @Test func closeCodesAreThoseOfTheContract() {
        let codes = Dictionary(uniqueKeysWithValues: DisconnectReason.allCases.map { ($0.text, $0.rawValue) })
        #expect(
            codes == [
                "bad_token": 4001, "revoked": 4002, "forbidden": 4003, "too_many_connections": 4006,
                "overloaded": 4100, "auth_timeout": 4101, "rate_limited": 4102, "stalled": 4103,
                "drain": 4200, "ping_timeout": 4201, "token_expired": 4202,
            ])
    }
}

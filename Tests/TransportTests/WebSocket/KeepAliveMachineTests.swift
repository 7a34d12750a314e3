import NIOCore
import Testing

@testable import Transport

@Suite struct KeepAliveMachineTests {
    private static let start = NIODeadline.uptimeNanoseconds(0)

    private func at(_ seconds: Int64) -> NIODeadline { Self.start + .seconds(seconds) }

    private func machine(interval: Int64 = 25, timeout: Int64 = 20) -> KeepAliveMachine {
        KeepAliveMachine(interval: .seconds(interval), timeout: .seconds(timeout), firstPing: self.at(25))
    }

    @Test func pingsAtAFixedPaceWhileThePeerLives() {
        var machine = self.machine()
        for second in Int64(0)...200 {
            let action = machine.timePassed(now: self.at(second))
            #expect(action == (second > 0 && second % 25 == 0 ? .sendPing : .none))
            if action == .sendPing { machine.received() }
        }
    }

    @Test func aSilentPeerIsGoneAfterTheTimeout() {
        var machine = self.machine()
        #expect(machine.deadline == self.at(25))
        #expect(machine.timePassed(now: self.at(25)) == .sendPing)
        #expect(machine.deadline == self.at(45))
        #expect(machine.timePassed(now: self.at(44)) == .none)
        #expect(machine.timePassed(now: self.at(45)) == .timedOut)
        #expect(machine.deadline == .distantFuture)
        machine.received()
        #expect(machine.timePassed(now: self.at(100)) == .none)
    }

    @Test("Whenever something comes before the timeout, it counts as life", arguments: [25, 30, 44] as [Int64])
    func anyInputIsLife(second: Int64) {
        var machine = self.machine()
        #expect(machine.timePassed(now: self.at(25)) == .sendPing)
        #expect(machine.timePassed(now: self.at(second)) == .none)
        machine.received()
        #expect(machine.timePassed(now: self.at(45)) == .none)
        #expect(machine.timePassed(now: self.at(50)) == .sendPing)
        #expect(machine.timePassed(now: self.at(70)) == .timedOut)
    }

    @Test func moreBytesBeforeThePingDoNotCountAsAnAnswer() {
        var machine = self.machine()
        machine.received()
        #expect(machine.timePassed(now: self.at(25)) == .sendPing)
        #expect(machine.timePassed(now: self.at(45)) == .timedOut)
    }

    @Test func aTimeoutLongerThanTheIntervalCountsFromTheFirstUnansweredPing() {
        var machine = self.machine(interval: 10, timeout: 25)
        #expect(machine.timePassed(now: self.at(25)) == .sendPing)
        #expect(machine.timePassed(now: self.at(35)) == .sendPing)
        #expect(machine.timePassed(now: self.at(45)) == .sendPing)
        #expect(machine.deadline == self.at(50))
        #expect(machine.timePassed(now: self.at(50)) == .timedOut)
    }

    @Test func afterAPauseOfTheMachineOnePingIsSentAndNobodyIsBlamed() {
        var machine = self.machine()
        #expect(machine.timePassed(now: self.at(1_000)) == .sendPing)
        #expect(machine.timePassed(now: self.at(1_001)) == .none)
        machine.received()
        #expect(machine.deadline == self.at(1_025))
    }
}

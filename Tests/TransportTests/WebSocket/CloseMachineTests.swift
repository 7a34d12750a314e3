import NIOCore
import Testing

@testable import Transport

@Suite struct CloseMachineTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000)
    private static let due = start + .seconds(5)
    private static let going = CloseFrame(.goingAway, "drain")

    private enum Input: CaseIterable {
        case close, fail, received, inputEnded, early, due
    }

    private func apply(_ input: Input, to machine: inout CloseMachine) -> CloseMachine.Action {
        switch input {
        case .close: machine.close(Self.going, now: Self.start)
        case .fail: machine.fail(.invalidUTF8, now: Self.start)
        case .received: machine.received(CloseFrame(.normal, "bye"))
        case .inputEnded: machine.inputEnded()
        case .early: machine.timePassed(now: Self.due - .nanoseconds(1))
        case .due: machine.timePassed(now: Self.due)
        }
    }

    private func machine(after inputs: [Input]) -> CloseMachine {
        var machine = CloseMachine(timeout: .seconds(5))
        for input in inputs { _ = self.apply(input, to: &machine) }
        return machine
    }

    @Test("Every state × every input: the action, and how it ended")
    func stateTimesInput() {
        typealias Outcome = CloseMachine.Outcome
        let lost = Outcome(initiator: .us, code: .goingAway, isClean: false)
        let failed = Outcome(initiator: .us, code: .invalidPayload, isClean: false)
        let answered = Outcome(initiator: .peer, code: .normal, isClean: true)
        let table: [(state: [Input], input: Input, action: CloseMachine.Action, outcome: Outcome?)] = [
            ([], .close, .send(Self.going), nil),
            ([], .fail, .sendAndEndOutput(ProtocolViolation.invalidUTF8.closeFrame), nil),
            ([], .received, .sendAndDrop(CloseFrame(.normal)), answered),
            ([], .inputEnded, .drop, Outcome(initiator: .peer, code: nil, isClean: false)),
            ([], .early, .none, nil),
            ([], .due, .none, nil),

            ([.close], .close, .none, nil),
            ([.close], .fail, .drop, lost),
            ([.close], .received, .drop, Outcome(initiator: .us, code: .goingAway, isClean: true)),
            ([.close], .inputEnded, .drop, lost),
            ([.close], .early, .none, nil),
            ([.close], .due, .drop, lost),

            ([.fail], .close, .none, nil),
            ([.fail], .fail, .none, nil),
            ([.fail], .received, .none, nil),
            ([.fail], .inputEnded, .drop, failed),
            ([.fail], .early, .none, nil),
            ([.fail], .due, .drop, failed),

            ([.received], .close, .none, answered),
            ([.received], .fail, .none, answered),
            ([.received], .received, .none, answered),
            ([.received], .inputEnded, .none, answered),
            ([.received], .early, .none, answered),
            ([.received], .due, .none, answered),
        ]
        for row in table {
            var machine = self.machine(after: row.state)
            #expect(self.apply(row.input, to: &machine) == row.action, "\(row.state) \(row.input)")
            #expect(machine.outcome == row.outcome, "\(row.state) \(row.input)")
        }
        #expect(table.count == 4 * Input.allCases.count)
    }

    @Test func anEmptyCloseIsAnsweredByAnEmptyClose() {
        var machine = CloseMachine(timeout: .seconds(5))
        #expect(machine.received(.empty) == .sendAndDrop(.empty))
        #expect(machine.outcome?.code == nil && machine.outcome?.isClean == true)
    }

    @Test func onlyAWaitingMachineHasADeadline() {
        #expect(self.machine(after: []).deadline == nil)
        #expect(self.machine(after: [.close]).deadline == Self.due)
        #expect(self.machine(after: [.fail]).deadline == Self.due)
        #expect(self.machine(after: [.received]).deadline == nil)
        #expect(self.machine(after: []).isOpen)
        for inputs in [[.close], [.fail], [.received], [.inputEnded]] as [[Input]] {
            #expect(!self.machine(after: inputs).isOpen)
        }
    }

    @Test("Any order of inputs: one close frame, one end, and after it silence", arguments: 0..<200)
    func randomOrders(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var machine = CloseMachine(timeout: .seconds(5))
        var sent = 0
        var dropped = 0
        for _ in 0..<12 {
            guard let input = Input.allCases.randomElement(using: &random) else { return }
            let wasClosed = machine.outcome != nil
            let action = self.apply(input, to: &machine)
            switch action {
            case .none: break
            case .send, .sendAndEndOutput: sent += 1
            case .sendAndDrop: (sent, dropped) = (sent + 1, dropped + 1)
            case .drop: dropped += 1
            }
            #expect(!wasClosed || action == .none)
        }
        #expect(sent <= 1 && dropped <= 1)
        #expect((dropped == 1) == (machine.outcome != nil))
    }
}

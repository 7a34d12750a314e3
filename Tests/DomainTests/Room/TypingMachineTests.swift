import Domain
import HubTestKit
import Testing

@Suite struct TypingMachineTests {
    private let tab = ConnectionID(1)
    private let phone = ConnectionID(2)
    private let start = Samples.start

    @Test func onlyTheFirstSignIsTold() {
        var machine = TypingMachine(lifetime: .seconds(6))
        #expect(machine.typed(tab, Samples.visitor, at: start) == true)
        #expect(machine.typed(tab, Samples.visitor, at: start + .seconds(2)) == false)
        #expect(machine.typed(phone, Samples.agent, at: start) == true)
    }

    @Test func everySignProlongs() {
        var machine = TypingMachine(lifetime: .seconds(6))
        _ = machine.typed(tab, Samples.visitor, at: start)
        _ = machine.typed(tab, Samples.visitor, at: start + .seconds(5))
        #expect(machine.nextDeadline == start + .seconds(11))
        #expect(machine.expire(at: start + .seconds(10)) == [:])
        #expect(machine.expire(at: start + .seconds(11)) == [tab: Samples.visitor])
        #expect(machine.nextDeadline == nil)
        #expect(machine.expire(at: start + .seconds(20)) == [:])
    }

    @Test func stoppingIsToldOnce() {
        var machine = TypingMachine(lifetime: .seconds(6))
        _ = machine.typed(tab, Samples.visitor, at: start)
        #expect(machine.stopped(phone) == nil)
        #expect(machine.stopped(tab) == Samples.visitor)
        #expect(machine.stopped(tab) == nil)
        #expect(machine.typed(tab, Samples.visitor, at: start) == true)
    }

    @Test func nextDeadlineIsTheEarliest() {
        var machine = TypingMachine(lifetime: .seconds(6))
        #expect(machine.nextDeadline == nil)
        _ = machine.typed(tab, Samples.visitor, at: start + .seconds(3))
        _ = machine.typed(phone, Samples.agent, at: start)
        #expect(machine.nextDeadline == start + .seconds(6))
        #expect(machine.expire(at: start + .seconds(6)) == [phone: Samples.agent])
        #expect(machine.nextDeadline == start + .seconds(9))
    }
}

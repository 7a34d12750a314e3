import HubTestKit
import Testing

@testable import Domain

@Suite struct PresenceMachineTests {
    private let tab = ConnectionID(1)
    private let phone = ConnectionID(2)
    private let start = Samples.start
    private let who = Samples.agent

    private func change(_ state: PresenceState) -> PresenceMachine.Change {
        PresenceMachine.Change(who: who, state: state)
    }

    @Test func firstConnectionIsNewsTheSecondIsNot() {
        var machine = PresenceMachine(grace: .seconds(15))
        #expect(machine.joined(tab, who, .online) == change(.online))
        #expect(machine.joined(phone, who, .online) == nil)
        #expect(machine.count == 1)
        #expect(machine.here == [change(.online)])
    }

    @Test func personIsTheBestOfTheirConnections() {
        var machine = PresenceMachine(grace: .seconds(15))
        #expect(machine.joined(tab, who, .away) == change(.away))
        #expect(machine.joined(phone, who, .busy) == change(.busy))
        #expect(machine.changed(tab, who, to: .online) == change(.online))
        #expect(machine.changed(phone, who, to: .away) == nil)
        #expect(machine.left(tab, who, at: start) == change(.away))
        #expect(machine.changed(tab, who, to: .online) == nil)
    }

    @Test func reconnectWithinTheGraceNeverFlaps() {
        var machine = PresenceMachine(grace: .seconds(15))
        _ = machine.joined(tab, who, .online)
        #expect(machine.left(tab, who, at: start) == nil)
        #expect(machine.nextDeadline == start + .seconds(15))
        #expect(machine.expire(at: start + .milliseconds(14_999)) == [])
        #expect(machine.here == [change(.online)])
        #expect(machine.joined(phone, who, .online) == nil)
        #expect(machine.nextDeadline == nil)
        #expect(machine.expire(at: start + .seconds(60)) == [])
    }

    @Test func comingBackInAnotherStateIsNews() {
        var machine = PresenceMachine(grace: .seconds(15))
        _ = machine.joined(tab, who, .online)
        _ = machine.left(tab, who, at: start)
        #expect(machine.joined(phone, who, .away) == change(.away))
    }

    @Test func whoStaysAwayIsToldOnce() {
        var machine = PresenceMachine(grace: .seconds(15))
        _ = machine.joined(tab, who, .online)
        _ = machine.left(tab, who, at: start)
        #expect(machine.expire(at: start + .seconds(15)) == [change(.offline)])
        #expect(machine.expire(at: start + .seconds(30)) == [])
        #expect(machine.count == 0)
        #expect(machine.joined(tab, who, .online) == change(.online))
    }

    @Test func unknownConnectionsChangeNothing() {
        var machine = PresenceMachine(grace: .seconds(15))
        #expect(machine.left(tab, who, at: start) == nil)
        #expect(machine.changed(tab, who, to: .online) == nil)
        _ = machine.joined(tab, who, .online)
        #expect(machine.left(phone, who, at: start) == nil)
        #expect(machine.left(tab, Samples.colleague, at: start) == nil)
        #expect(machine.count == 1 && machine.nextDeadline == nil)
    }

    @Test func sameConnectionTwiceIsOne() {
        var machine = PresenceMachine(grace: .zero)
        _ = machine.joined(tab, who, .online)
        #expect(machine.joined(tab, who, .online) == nil)
        #expect(machine.left(tab, who, at: start) == nil)
        #expect(machine.expire(at: start) == [change(.offline)])
    }

    @Test func showsTheNewestName() {
        var machine = PresenceMachine(grace: .seconds(15))
        _ = machine.joined(tab, who, .online)
        let renamed = Participant(kind: who.kind, id: who.id, name: "عمر الجديد")
        _ = machine.joined(phone, renamed, .online)
        #expect(machine.here.map(\.who.name) == ["عمر الجديد"])
        #expect(machine.count == 1)
    }

    @Test func listIsInAFixedOrder() {
        var machine = PresenceMachine(grace: .seconds(15))
        for (index, who) in [Samples.visitor, Samples.colleague, Samples.agent].enumerated() {
            _ = machine.joined(ConnectionID(UInt64(index)), who, .online)
        }
        #expect(machine.here.map(\.who) == [Samples.agent, Samples.colleague, Samples.visitor])
    }

    /// What others were told adds up to who is here, whatever happens.
    @Test func toldChangesAddUpToThePeopleHere() {
        var random = SeededRandom(seed: 1)
        let people = [Samples.agent, Samples.colleague, Samples.visitor]
        var machine = PresenceMachine(grace: .seconds(10))
        var told: [String: PresenceState] = [:]
        var owner: [ConnectionID: Participant] = [:]
        var now = start
        for _ in 0..<5000 {
            now = now + .seconds(Int.random(in: 0...4, using: &random))
            let connection = ConnectionID(UInt64.random(in: 0..<6, using: &random))
            let who = owner[connection] ?? random.pick(people)
            let state = random.pick([PresenceState.away, .busy, .online])
            var changes: [PresenceMachine.Change?]
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                owner[connection] = who
                changes = [machine.joined(connection, who, state)]
            case 1: changes = [machine.changed(connection, who, to: state)]
            case 2:
                owner[connection] = nil
                changes = [machine.left(connection, who, at: now)]
            default: changes = machine.expire(at: now)
            }
            for case let change? in changes {
                #expect(told[change.who.id] != change.state, "told twice")
                told[change.who.id] = change.state == .offline ? nil : change.state
            }
            #expect(Dictionary(uniqueKeysWithValues: machine.here.map { ($0.who.id, $0.state) }) == told)
            #expect(machine.count == told.count)
        }
    }
}

import Domain
import HubTestKit
import Testing

@Suite struct EventTailTests {
    private func tail(_ numbers: ClosedRange<Int64>, capacity: Int = 100) -> EventTail {
        let events = numbers.map { Samples.event(SequenceNumber($0)) }
        return EventTail(head: SequenceNumber(numbers.upperBound), events: events, capacity: capacity)
    }

    private func numbers(_ events: ArraySlice<RoomEvent>?) -> [Int64]? {
        events?.map(\.seq.value)
    }

    @Test func emptyRoomMissesNothing() {
        let empty = EventTail(head: .zero, events: [], capacity: 4)
        #expect(numbers(empty.events(after: .zero)) == [])
        #expect(numbers(empty.events(after: 9)) == [])
    }

    @Test func answersWhatItHolds() {
        let tail = tail(5...8)
        #expect(numbers(tail.events(after: 4)) == [5, 6, 7, 8])
        #expect(numbers(tail.events(after: 6)) == [7, 8])
        #expect(numbers(tail.events(after: 8)) == [])
        #expect(numbers(tail.events(after: 99)) == [])
        #expect(numbers(tail.events(after: SequenceNumber(.max))) == [])
    }

    @Test func saysWhenItDoesNotReachBack() {
        #expect(tail(5...8).events(after: 3) == nil)
        #expect(tail(5...8).events(after: .zero) == nil)
        #expect(EventTail(head: 3, events: [], capacity: 4).events(after: 2) == nil)
    }

    @Test func takesOnlyWhatFollows() {
        var tail = tail(1...2)
        tail.append([Samples.event(2), Samples.event(3), Samples.event(5), Samples.event(4)])
        #expect(tail.head == 4)
        #expect(tail.events.map(\.seq) == [1, 2, 3, 4])
    }

    @Test func holdsBetweenCapacityAndTwiceOfIt() {
        var tail = EventTail(head: .zero, events: [], capacity: 4)
        for number in 1...100 {
            tail.append([Samples.event(SequenceNumber(Int64(number)))])
            #expect((min(number, 4)...8).contains(tail.events.count))
            #expect(tail.events.last?.seq == tail.head)
            let oldest = Int64(max(0, number - 4))
            #expect(numbers(tail.events(after: SequenceNumber(oldest)))?.count == min(number, 4))
        }
    }
}

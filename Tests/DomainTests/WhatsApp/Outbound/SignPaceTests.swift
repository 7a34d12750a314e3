import HubTestKit
import Testing

@testable import Domain

@Suite struct SignPaceTests {
    private let start = Samples.start
    private let room = Samples.room

    @Test func aMarkIsShownOnceAndWritingAsLongAsItLasts() {
        var pace = SignPace(perSecond: 5, at: start)
        #expect(pace.admits(.read(upTo: 3), in: room, at: start) == true)
        #expect(pace.admits(.read(upTo: 3), in: room, at: start) == false)
        #expect(pace.admits(.read(upTo: 2), in: room, at: start) == false)
        #expect(pace.admits(.read(upTo: 4), in: room, at: start) == true)
        #expect(pace.admits(.typing, in: room, at: start) == true)
        #expect(pace.admits(.typing, in: room, at: start + SignPace.typingInterval - .milliseconds(1)) == false)
        #expect(pace.admits(.typing, in: room, at: start + SignPace.typingInterval) == true)
    }

    @Test func signsNeverTakeThePlaceOfMessages() {
        var pace = SignPace(perSecond: 2, at: start)
        for seq: Int64 in 1...2 { #expect(pace.admits(.read(upTo: SequenceNumber(seq)), in: room, at: start) == true) }
        #expect(pace.admits(.read(upTo: 3), in: room, at: start) == false)
        // What was left out is not taken for shown.
        #expect(pace.admits(.read(upTo: 3), in: room, at: start + .seconds(1)) == true)
        pace.failed(at: start + .seconds(1))
        let end = start + .seconds(1) + SignPace.rest
        #expect(pace.admits(.read(upTo: 4), in: room, at: end - .milliseconds(1)) == false)
        #expect(pace.admits(.read(upTo: 4), in: room, at: end) == true)
    }

    @Test func onlySoManyRoomsAreRemembered() {
        var pace = SignPace(perSecond: 100, maxRooms: 2, at: start)
        let rooms: [RoomID] = [.sample(1), .sample(2), .sample(3)]
        for room in rooms { #expect(pace.admits(.read(upTo: 1), in: room, at: start) == true) }
        #expect(pace.admits(.read(upTo: 1), in: rooms[2], at: start) == false)
        #expect(pace.admits(.read(upTo: 1), in: rooms[0], at: start) == true, "it is shown twice, and that is no harm")
    }
}

import Testing

@testable import HubLoad

@Suite struct HubTargetTests {
    private let hub = HubTarget()
    private let hello = #"{"ev":"hello","v":1,"conn":"c1","node":"n1"}"#
    private let auth = """
        {"re":1,"ok":{"visitor":"v_1","token":"t1","room":"r_1","name":"Load","verified":false,\
        "rooms":{"r_1":{"room":"r_1","head":4,"events":[],"live":true}}}}
        """

    private func room() -> Room {
        Room(index: 0, members: 0..<2)
    }

    @Test func theFirstMemberMakesTheVisitorAndTheNextOnesShareIt() throws {
        var room = room()
        #expect(
            try hub.hear(hello, in: &room, received: 0)
                == .say(#"{"op":"auth","id":1,"profile":{"name":"Load"}}"#)
        )
        #expect(try hub.hear(auth, in: &room, received: 0) == .live)
        #expect(room.identity == Room.Identity(id: "r_1", token: "t1", head: 4))
        #expect(
            try hub.hear(hello, in: &room, received: 3)
                == .say(#"{"op":"auth","id":1,"token":"t1","rooms":{"r_1":7}}"#)
        )
    }

    @Test func aPageThatIsNotTheLastIsFollowedByAnother() throws {
        var room = room()
        _ = try hub.hear(auth, in: &room, received: 0)
        let page = #"{"re":2,"ok":{"room":"r_1","head":900,"events":[],"live":false}}"#
        let next = #"{"op":"join","id":2,"room":"r_1","after":504,"limit":500}"#
        #expect(try hub.hear(page, in: &room, received: 500) == .say(next))
        #expect(try hub.hear(#"{"ev":"behind","room":"r_1","head":900}"#, in: &room, received: 500) == .behind(next))
    }

    @Test func whoIsAskedToComeLaterDoes() throws {
        var room = room()
        _ = try hub.hear(auth, in: &room, received: 0)
        let busy = #""err":{"code":"busy","msg":"later","retry_ms":500}}"#
        #expect(
            try hub.hear(#"{"re":1,"# + busy, in: &room, received: 1)
                == .retry(#"{"op":"auth","id":1,"token":"t1","rooms":{"r_1":5}}"#, milliseconds: 500)
        )
        #expect(
            try hub.hear(#"{"re":2,"# + busy, in: &room, received: 1)
                == .retry(#"{"op":"join","id":2,"room":"r_1","after":5,"limit":500}"#, milliseconds: 500)
        )
        let message = #"{"re":11,"# + busy
        #expect(try hub.hear(message, in: &room, received: 1) == .refused(message))
    }

    @Test func refusalsAreToldAndTheRestIsIgnored() throws {
        var room = room()
        let refusal = #"{"re":11,"err":{"code":"busy","msg":"later"}}"#
        #expect(try hub.hear(refusal, in: &room, received: 0) == .refused(refusal))
        #expect(try hub.hear(#"{"re":11,"ok":{"seq":1}}"#, in: &room, received: 0) == .ignore)
        #expect(try hub.hear(#"{"ev":"presence","count":3}"#, in: &room, received: 0) == .ignore)
        #expect(throws: LoadError.self) { try hub.hear(#"{"re":1,"ok":{}}"#, in: &room, received: 0) }
    }

    @Test func aPeerPutsAsManyBytesOnTheWireAsTheHub() {
        let marker = Marker(stamp: 1, number: 1).text
        let event = """
            {"ev":"msg","room":"r_00000000000000000000000001","seq":1,"at":"2026-09-21T14:13:27.000Z",\
            "by":{"kind":"visitor","id":"v_00000000000000000000000001","name":"Load"},"mid":"l1","kind":"text",\
            "body":{"text":"\(marker)"}}
            """
        #expect(BroadcastTarget().publish(marker, number: 1, in: room()).utf8.count == event.utf8.count)
    }
}

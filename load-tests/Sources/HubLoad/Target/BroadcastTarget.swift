/// A peer that sends every text it gets to all members of the room, which is the path.
///
/// It is given an envelope like the hub's, so that all servers put the same number of bytes on the wire.
struct BroadcastTarget: Target {
    let greets = false

    func path(to room: Room) -> String {
        "/\(room.index)"
    }

    func hear(_ message: String, in room: inout Room, received: UInt32) -> Hearing {
        .ignore
    }

    func publish(_ text: String, number: UInt32, in room: Room) -> String {
        """
        {"ev":"msg","room":"r_00000000000000000000000001","seq":\(number),"at":"2026-11-21T08:00:00.000Z",\
        "by":{"kind":"visitor","id":"v_00000000000000000000000001","name":"Load"},"mid":"l\(number)",\
        "kind":"text","body":{"text":"\(text)"}}
        """
    }
}

/// What a lane's sockets carried; counted on the lane's own loop, read when somebody looks.
struct LaneTraffic: Sendable, Equatable {
    /// Before the frames are taken apart; of TLS what is inside.
    var bytesIn: UInt64 = 0
    /// What was handed to the kernel or the channel.
    var bytesOut: UInt64 = 0
    var messagesIn: UInt64 = 0
    var publications: UInt64 = 0
    /// Members that publications were for.
    var deliveries: UInt64 = 0

    static func + (left: LaneTraffic, right: LaneTraffic) -> LaneTraffic {
        LaneTraffic(
            bytesIn: left.bytesIn + right.bytesIn,
            bytesOut: left.bytesOut + right.bytesOut,
            messagesIn: left.messagesIn + right.messagesIn,
            publications: left.publications + right.publications,
            deliveries: left.deliveries + right.deliveries
        )
    }
}

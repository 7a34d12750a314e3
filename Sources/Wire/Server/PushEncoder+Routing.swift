package import Domain
package import NIOCore

/// What routing tells those who wait, and those who are asked.
extension PushEncoder {
    /// A customer's place in the line; nil for one who waits no more.
    package static func queue(_ room: RoomID, _ place: QueuePlace?) -> EncodedPush {
        forBoth("queue", room) { writer, audience in
            write(place, for: audience, into: &writer)
        }
    }

    static func write(_ place: QueuePlace?, for audience: Audience, into writer: inout JSONWriter) {
        writer.key("position")
        guard let place else {
            writer.null()
            return
        }
        writer.integer(place.position)
        writer.key("wait")
        switch place.estimate {
        case .unknown:
            writer.null()
        case .between(let from, let to):
            writer.beginObject()
            writer.key("from_ms")
            writer.integer(from.milliseconds)
            writer.key("to_ms")
            writer.integer(to.milliseconds)
            writer.endObject()
        }
        guard audience == .staff else { return }
        writer.key("reason")
        writer.string(place.reason.rawValue)
    }

    /// Asks an agent to take a conversation.
    package static func offer(_ offer: Offer, expiresIn left: Duration) -> ByteBuffer {
        frame("offer") { writer in
            writer.key("room")
            writer.id(offer.room)
            writer.key("channel")
            writer.string(offer.channel.rawValue)
            writer.key("expires_ms")
            writer.integer(left.milliseconds)
            writer.key("reason")
            switch offer.origin {
            case .queue(let reason):
                writer.string(reason.rawValue)
            case .transfer(let transfer):
                writer.string(AssignmentReason.transfer.rawValue)
                writer.key("from")
                writer.id(transfer.from)
            }
        }
    }

    /// The question is taken back, or answered.
    package static func offerEnded(_ room: RoomID) -> ByteBuffer {
        frame("offer_end") { writer in
            writer.key("room")
            writer.id(room)
        }
    }
}

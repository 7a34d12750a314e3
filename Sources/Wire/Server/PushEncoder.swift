package import Domain
package import NIOCore

/// Writes the pushes that are no log events: ephemeral signs, summaries and control frames.
package enum PushEncoder {
    package static func hello(
        connection: String,
        node: String,
        ping: Duration,
        maxFrameBytes: Int,
        now: Timestamp,
        epoch: String
    ) -> ByteBuffer {
        frame("hello") { writer in
            writer.key("v")
            writer.integer(1)
            writer.key("conn")
            writer.string(connection)
            writer.key("node")
            writer.string(node)
            writer.key("ping_ms")
            writer.integer(ping.milliseconds)
            writer.key("max")
            writer.integer(maxFrameBytes)
            writer.key("now")
            writer.string(now.rfc3339)
            writer.key("epoch")
            writer.string(epoch)
        }
    }

    package static func typing(_ room: RoomID, _ who: Participant, on: Bool) -> EncodedPush {
        forBoth("typing", room) { writer, audience in
            writer.key("by")
            EventEncoder.write(who, for: audience, into: &writer)
            writer.key("on")
            writer.bool(on)
        }
    }

    /// A piece of what the assistant is writing; `offset` is its place in the text, in bytes of UTF-8.
    package static func delta(_ run: AssistantRun.ID, at offset: Int, _ text: String) -> EncodedPush {
        EncodedPush(
            same: frame("delta") { writer in
                writer.key("room")
                writer.id(run.room)
                writer.key("run")
                writer.string(run.text)
                writer.key("off")
                writer.integer(Int64(offset))
                writer.key("t")
                writer.string(text)
            })
    }

    package static func read(_ room: RoomID, _ who: Participant, upTo seq: SequenceNumber) -> EncodedPush {
        forBoth("read", room) { writer, audience in
            writer.key("by")
            EventEncoder.write(who, for: audience, into: &writer)
            writer.key("upto")
            writer.integer(seq.value)
        }
    }

    /// `change` is nil in crowded rooms, where only the number is told.
    package static func presence(_ room: RoomID, _ change: PresenceMachine.Change?, count: Int) -> EncodedPush {
        forBoth("presence", room) { writer, audience in
            if let change {
                writer.key("by")
                EventEncoder.write(change.who, for: audience, into: &writer)
                writer.key("state")
                writer.string(change.state.rawValue)
            }
            writer.key("count")
            writer.integer(count)
        }
    }

    package static func conversation(_ summary: ConversationSummary) -> ByteBuffer {
        .json { writer in
            writer.beginObject()
            writer.key("ev")
            writer.string("conv")
            SummaryEncoder.writeMembers(of: summary, into: &writer)
            writer.endObject()
        }
    }

    package static func room(_ room: Room) -> ByteBuffer {
        frame("room") { writer in
            writer.key("room")
            writer.id(room.id)
            writer.key("kind")
            writer.string(room.kind.rawValue)
            writer.key("title")
            writer.string(room.title)
            writer.key("head")
            writer.integer(room.head.value)
        }
    }

    package static func behind(_ room: RoomID, head: SequenceNumber) -> ByteBuffer {
        frame("behind") { writer in
            writer.key("room")
            writer.id(room)
            writer.key("head")
            writer.integer(head.value)
        }
    }

    package static func gone(_ room: RoomID, reason: StaticString) -> ByteBuffer {
        frame("gone") { writer in
            writer.key("room")
            writer.id(room)
            writer.key("reason")
            writer.string("\(reason)")
        }
    }

    package static func token(expiresIn: Duration) -> ByteBuffer {
        frame("token") { writer in
            writer.key("expires_ms")
            writer.integer(expiresIn.milliseconds)
        }
    }

    package static func drain(slot: Duration, limit: Duration) -> ByteBuffer {
        frame("drain") { writer in
            writer.key("in_ms")
            writer.integer(slot.milliseconds)
            writer.key("by_ms")
            writer.integer(limit.milliseconds)
        }
    }

    static func frame(_ name: StaticString, _ members: (inout JSONWriter) -> Void) -> ByteBuffer {
        .json { writer in
            writer.beginObject()
            writer.key("ev")
            writer.string("\(name)")
            members(&writer)
            writer.endObject()
        }
    }

    static func forBoth(
        _ name: StaticString,
        _ room: RoomID,
        _ members: (inout JSONWriter, Audience) -> Void
    ) -> EncodedPush {
        func text(_ audience: Audience) -> ByteBuffer {
            frame(name) { writer in
                writer.key("room")
                writer.id(room)
                members(&writer, audience)
            }
        }
        return EncodedPush(staff: text(.staff), customer: text(.customer))
    }
}

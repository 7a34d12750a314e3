package import Domain
package import NIOCore

/// Writes what the model writes for one member of staff.
extension PushEncoder {
    /// A piece; `offset` is its place in the text, in bytes of UTF-8.
    package static func help(_ id: HelpID, in room: RoomID, at offset: Int, _ text: String) -> ByteBuffer {
        help(id, room) { writer in
            writer.key("off")
            writer.integer(offset)
            writer.key("t")
            writer.string(text)
        }
    }

    /// The last event. When it is done it brings the whole text, so that lost pieces do not matter.
    package static func help(_ id: HelpID, in room: RoomID, _ ending: HelpTurn.Ending) -> ByteBuffer {
        help(id, room) { writer in
            writer.key("state")
            writer.string(ending.state)
            switch ending {
            case .done(let text, let missing):
                writer.key("off")
                writer.integer(0)
                writer.key("t")
                writer.string(text)
                guard !missing.isEmpty else { return }
                writer.key("missing")
                writer.value(.array(missing.map(JSONValue.string)))
            case .cancelled: break
            case .failed(let error):
                writer.key("err")
                Reply.write(error, into: &writer)
            }
        }
    }

    private static func help(_ id: HelpID, _ room: RoomID, _ members: (inout JSONWriter) -> Void) -> ByteBuffer {
        frame("help") { writer in
            writer.key("room")
            writer.id(room)
            writer.key("help")
            writer.string(id.text)
            members(&writer)
        }
    }
}

extension Reply {
    /// The request is worked on under this name.
    package static func helping(_ id: Int64, _ help: HelpID) -> ByteBuffer {
        ok(id) { writer in
            writer.beginObject()
            writer.key("help")
            writer.string(help.text)
            writer.endObject()
        }
    }
}

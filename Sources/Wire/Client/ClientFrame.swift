package import Domain
package import NIOCore

/// One frame of a client.
package enum ClientFrame: Sendable, Equatable {
    /// `id` is nil when no reply is wanted.
    case command(ClientCommand, id: Int64?)
    /// Answered with the error; the connection lives on.
    case malformed(HubError, id: Int64?)

    /// Reads one frame. `text` must be valid UTF-8.
    package init(_ text: ByteBuffer, maxDepth: Int = JSONParser.defaultMaxDepth) {
        let json: JSONValue
        do throws(JSONParseError) {
            json = try text.withParsedJSON(maxDepth: maxDepth)
        } catch {
            self = .malformed(.badRequest(error.description), id: nil)
            return
        }
        guard case .object(let members) = json else {
            self = .malformed(.badRequest("a frame must be one JSON object"), id: nil)
            return
        }
        var id: Int64?
        if let given = members["id"] {
            guard let number = given.integer, number >= 0 else {
                self = .malformed(.badRequest("id must be a non-negative integer"), id: nil)
                return
            }
            id = number
        }
        do throws(HubError) {
            self = .command(try Self.command(ObjectReader(members: members)), id: id)
        } catch {
            self = .malformed(error, id: id)
        }
    }

    private static func command(_ reader: ObjectReader) throws(HubError) -> ClientCommand {
        switch try reader.string("op") {
        case "auth": return .authenticate(try AuthenticationRequest(reader))
        case "join":
            return .join(
                try reader.room(), try JoinPosition(reader), limit: try reader.limit(in: 1...500, default: 200))
        case "leave": return .leave(try reader.room())
        case "send":
            return .write(
                try reader.room(), try reader.mid(), try WriteRequest(sending: reader), try WriteBasis(reader))
        case "edit":
            return .write(
                try reader.room(), try reader.mid(),
                .edit(try reader.sequence("target"), try WriteRequest.textBody(reader)))
        case "delete":
            return .write(try reader.room(), try reader.mid(), .delete(try reader.sequence("target")))
        case "react": return .write(try reader.room(), try reader.mid(), try WriteRequest(reacting: reader))
        case "assign":
            return .write(
                try reader.room(), try reader.mid(), .assign(try AssigneeRequest(reader)), try WriteBasis(reader))
        case "state": return .write(try reader.room(), try reader.mid(), try WriteRequest(stating: reader))
        case "read": return .read(try reader.room(), try reader.sequence("seq", allowingZero: true))
        case "typing": return .typing(try reader.room(), on: try reader.bool("on"))
        case "accept": return .answerOffer(try reader.room(), accepts: true)
        case "decline": return .answerOffer(try reader.room(), accepts: false)
        case "transfer": return .transfer(try reader.room(), try TransferRequest(reader))
        case "presence": return .presence(try presence(reader))
        case "cancel": return try cancel(reader)
        case "help": return .help(try HelpRequest(reader))
        case "history": return .history(try reader.room(), try HistoryPage(reader))
        case "inbox": return .inbox(try InboxRequest(reader))
        case "search":
            let query = try reader.string("q")
            guard (2...200).contains(query.count) else { throw .badRequest("q must have 2 to 200 characters") }
            let room = reader.optional("room") == nil ? nil : try reader.room()
            return .search(query, room: room, limit: try reader.limit(in: 1...50, default: 20))
        case "ping": return .ping
        default:
            throw .badRequest(
                "unknown op: accepted are auth, join, leave, send, edit, delete, react, read, typing, presence, "
                    + "history, inbox, assign, transfer, accept, decline, state, cancel, help, search, ping")
        }
    }

    private static func cancel(_ reader: ObjectReader) throws(HubError) -> ClientCommand {
        if let text = try reader.optionalString("help") {
            guard reader.optional("run") == nil else { throw .badRequest("give run or help, not both") }
            guard let help = HelpID(text) else { throw .badRequest("help must be what the hub answered to help") }
            return .stopHelp(help)
        }
        guard let run = AssistantRun.ID(try reader.string("run")) else {
            throw .badRequest("run is no run of the assistant: take it from a run event")
        }
        return .cancel(run)
    }

    private static func presence(_ reader: ObjectReader) throws(HubError) -> PresenceState {
        // Offline is what others say of somebody who left.
        guard let state = PresenceState(rawValue: try reader.string("state")), state != .offline else {
            throw .badRequest("state must be one of: online, away, busy")
        }
        return state
    }
}

extension ByteBuffer {
    fileprivate func withParsedJSON(maxDepth: Int) throws(JSONParseError) -> JSONValue {
        let result: Result<JSONValue, JSONParseError> = withUnsafeReadableBytes { bytes in
            do throws(JSONParseError) {
                return .success(try JSONParser.parse(bytes: bytes, maxDepth: maxDepth, acceptsNUL: false))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

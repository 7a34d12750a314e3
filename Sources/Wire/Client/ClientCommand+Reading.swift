package import Domain

extension AuthenticationRequest {
    init(_ reader: ObjectReader) throws(HubError) {
        token = try reader.optionalString("token")
        guard let given = try reader.object("profile") else {
            profile = try VisitorProfile()
            identity = nil
            rooms = try Self.rooms(reader)
            return
        }
        profile = try VisitorProfile(
            name: given.optionalString("name"),
            email: given.optionalString("email"),
            phone: given.optionalString("phone"),
            locale: given.optionalString("locale"),
            page: given.optionalString("page")
        )
        switch (try given.optionalString("user_id"), try given.optionalString("signature")) {
        case (let userID?, let signature?):
            guard (1...VisitorProfile.maxFieldLength).contains(userID.count) else {
                throw .badRequest("profile.user_id must have 1 to \(VisitorProfile.maxFieldLength) characters")
            }
            identity = VisitorIdentity(userID: userID, signature: signature)
        case (nil, nil): identity = nil
        case (_?, nil), (nil, _?):
            throw .badRequest("profile.user_id and profile.signature come together")
        }
        rooms = try Self.rooms(reader)
    }

    private static func rooms(_ reader: ObjectReader) throws(HubError) -> [RoomID: SequenceNumber] {
        guard let given = try reader.object("rooms") else { return [:] }
        var rooms: [RoomID: SequenceNumber] = [:]
        for (name, value) in given.members {
            guard let room = RoomID(name) else { throw .badRequest("rooms: a key is no room id") }
            guard let number = value.integer, number >= 0 else {
                throw .badRequest("rooms: each value must be the last sequence number seen, or 0")
            }
            rooms[room] = SequenceNumber(number)
        }
        return rooms
    }
}

extension JoinPosition {
    init(_ reader: ObjectReader) throws(HubError) {
        guard let value = reader.optional("after") else {
            self = .after(.zero)
            return
        }
        if value.string == "now" {
            self = .now
        } else if let number = value.integer, number >= 0 {
            self = .after(SequenceNumber(number))
        } else {
            throw .badRequest("after must be a sequence number, 0 or \"now\"")
        }
    }
}

/// Kinds of messages that clients send; the others come from channels.
private enum SendableKind: String, CaseIterable {
    case text, file, template, interactive, choice
}

extension WriteRequest {
    package init(sending reader: ObjectReader) throws(HubError) {
        let replyTo = try reader.optionalSequence("reply_to")
        switch try reader.choice("kind", as: SendableKind.self) {
        case .text:
            self = .text(try Self.textBody(reader), replyTo: replyTo)
        case .file:
            let body = try Self.body(reader)
            guard let attachment = AttachmentID(try body.string("attachment")) else {
                throw .badRequest("body.attachment is no attachment id: upload the file first")
            }
            let caption = try body.optionalString("caption")
            guard (caption?.count ?? 0) <= MessageBody.maxCaptionLength else {
                throw HubError(.tooLarge, "body.caption is longer than \(MessageBody.maxCaptionLength) characters")
            }
            self = .file(attachment, caption: caption, replyTo: replyTo)
        case .template:
            let body = try Self.body(reader)
            let name = try body.string("name")
            let language = try body.string("language")
            guard (1...200).contains(name.count), (1...20).contains(language.count) else {
                throw .badRequest("body.name must have 1 to 200 characters, body.language 1 to 20")
            }
            let params = JSONValue.object(try body.object("params")?.members ?? [:])
            self = .template(.template(name: name, language: language, params: params), replyTo: replyTo)
        case .interactive:
            self = .interactive(.card(try .interactive(Self.body(reader).members)), replyTo: replyTo)
        case .choice:
            guard let replyTo else { throw .badRequest("reply_to is missing: the message that offers the choice") }
            self = .choice(.card(try .choice(Self.body(reader).string("id"))), replyTo: replyTo)
        }
    }

    package init(reacting reader: ObjectReader) throws(HubError) {
        let emoji = try reader.string("emoji")
        guard (1...8).contains(emoji.count), emoji.utf8.count <= 64 else {
            throw .badRequest("emoji must be one emoji")
        }
        self = .react(try reader.sequence("target"), emoji: emoji, on: try reader.bool("on", default: true))
    }

    init(stating reader: ObjectReader) throws(HubError) {
        let state = try reader.choice("state", as: ConversationState.self)
        let until = try reader.time("until")
        if state == .snoozed, until == nil { throw .badRequest("until is missing: when does the snooze end?") }
        self = .state(state, until: state == .snoozed ? until : nil)
    }

    static func textBody(_ reader: ObjectReader) throws(HubError) -> MessageBody {
        let body = try body(reader)
        let text = try MessageBody.checkedText(body.string("text"))
        guard let mentions = body.optional("mentions") else { return text }
        guard let users = mentions.array?.map({ $0.string.flatMap(UserID.init) }), !users.contains(nil) else {
            throw .badRequest("body.mentions must be a list of user ids")
        }
        return try MentioningText.body(text, mentioning: users.compactMap(\.self))
    }

    private static func body(_ reader: ObjectReader) throws(HubError) -> ObjectReader {
        guard let body = try reader.object("body") else { throw .badRequest("body is missing: an object is needed") }
        return body
    }
}

extension WriteBasis {
    package init(_ reader: ObjectReader) throws(HubError) {
        let epoch = reader.optional("epoch")
        if let epoch, (epoch.integer ?? -1) < 0 {
            throw .badRequest("epoch must be the number of changes of owner, as events tell it")
        }
        self.init(seen: try reader.optionalSequence("seen", allowingZero: true), epoch: epoch?.integer)
    }
}

extension AssigneeRequest {
    init(_ reader: ObjectReader) throws(HubError) {
        guard let to = try reader.optionalString("to") else {
            guard reader.members["to"] != nil else {
                throw .badRequest("to is missing: a user id, \"me\", a team id, \"assistant\" or null")
            }
            self = .nobody
            return
        }
        if to == "me" {
            self = .me
        } else if to == Participant.assistant.id {
            self = .assistant
        } else if let user = UserID(to) {
            self = .user(user)
        } else if let team = TeamID(to) {
            self = .team(team)
        } else {
            throw .badRequest("to must be a user id, \"me\", a team id, \"assistant\" or null")
        }
    }
}

extension TransferRequest {
    init(_ reader: ObjectReader) throws(HubError) {
        let to = try reader.string("to")
        if let user = UserID(to) {
            target = .agent(user)
        } else if let team = TeamID(to) {
            target = .team(team)
        } else {
            throw .badRequest("to must be a user id or a team id")
        }
        note = try reader.optionalString("note") ?? ""
        guard note.unicodeScalars.count <= Transfer.maxNoteLength else {
            throw HubError(.tooLarge, "note is longer than \(Transfer.maxNoteLength) characters")
        }
        switch try reader.optionalString("fallback") {
        case nil, "stay":
            fallback = .stay
        case "queue":
            fallback = .queue(nil)
        case let id?:
            guard let team = TeamID(id) else { throw .badRequest("fallback must be stay, queue or a team id") }
            fallback = .queue(team)
        }
    }
}

extension HistoryPage {
    init(_ reader: ObjectReader) throws(HubError) {
        let limit = try reader.limit(in: 1...200, default: 50)
        switch (try reader.optionalSequence("before"), try reader.optionalSequence("after", allowingZero: true)) {
        case (let before?, nil): self.init(position: .before(before), limit: limit)
        case (nil, let after?): self.init(position: .after(after), limit: limit)
        case (nil, nil): self.init(position: .newest, limit: limit)
        case (_?, _?): throw .badRequest("give before or after, not both")
        }
    }
}

extension InboxRequest {
    init(_ reader: ObjectReader) throws(HubError) {
        limit = try reader.limit(in: 1...200, default: 50)
        since = try InboxCursor.watermark(reader)
        before = try InboxCursor.page(reader)
        (state, assignee) = try Self.filter(reader)
        let filter = reader.optional("filter")?.object.map(ObjectReader.init(members:))
        if let text = try filter?.optionalString("label") {
            guard let id = LabelID(text) else { throw .badRequest("filter.label must be the id of a label") }
            label = id
        } else {
            label = nil
        }
        clock = filter?.optional("clock") == nil ? nil : try filter?.choice("clock")
    }

    private static func filter(_ reader: ObjectReader) throws(HubError) -> (ConversationState?, Assignee) {
        guard let filter = reader.optional("filter") else { return (nil, .anybody) }
        if let word = filter.string {
            if let state = ConversationState(rawValue: word) { return (state, .anybody) }
            switch word {
            case "all": return (nil, .anybody)
            case "mine": return (nil, .me)
            case "unassigned": return (nil, .nobody)
            default:
                throw .badRequest(
                    "filter must be an object or one of: all, mine, unassigned, open, pending, snoozed, resolved")
            }
        }
        guard let members = filter.object else { throw .badRequest("filter must be an object or a word") }
        let given = ObjectReader(members: members)
        let state: ConversationState? = given.optional("state") == nil ? nil : try given.choice("state")
        switch try given.optionalString("assignee") {
        case nil: return (state, .anybody)
        case "me": return (state, .me)
        case "none": return (state, .nobody)
        case let id?:
            guard let user = UserID(id) else { throw .badRequest("filter.assignee must be me, none or a user id") }
            return (state, .user(user))
        }
    }
}

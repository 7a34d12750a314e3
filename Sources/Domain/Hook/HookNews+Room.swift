extension HookNews {
    /// What an event of a conversation's log is to systems of the shop; often nothing.
    ///
    /// Side rooms are not read at all, so that no note of colleagues can leave.
    /// - Parameter firstWords: The first message of the customer.
    package static func of(_ event: RoomEvent, in room: Room, firstWords: SequenceNumber?) -> [HookNews] {
        guard let conversation = room.conversation else { return [] }
        let about: [String: JSONValue] = ["conversation": conversation.told(as: room.id)]
        func news(_ type: HookEventType, _ data: [String: JSONValue]) -> HookNews {
            HookNews(
                type, at: event.at, stream: room.id.text, sequence: event.seq.value, subject: room.id.text,
                data: about.merging(data) { $1 })
        }
        switch event.content {
        case .message(let body, let replyTo):
            let opened = event.seq == firstWords ? [news(.conversationOpened, ["again": false])] : []
            return opened + [news(.messageCreated, ["message": event.told(body, replyTo: replyTo)])]
        case .edit(let target, let body):
            return [news(.messageEdited, ["message": event.told(body, of: target)])]
        case .deletion(let target):
            return [news(.messageDeleted, ["message": .object(["seq": .integer(target.value)])])]
        case .assignment(let assignee, let epoch):
            return [
                news(
                    .conversationAssigned,
                    ["to": assignee?.json ?? .null, "by": event.author.json, "epoch": .integer(epoch)])
            ]
        case .state(.open, _):
            return [news(.conversationOpened, ["again": true, "by": event.author.json])]
        case .state(.resolved, _):
            return [news(.conversationClosed, ["by": event.author.json])]
        case .rating(let answer):
            return [
                news(
                    .surveyAnswered,
                    ["survey": .object(["score": .integer(answer.score), "comment": .optional(answer.comment)])])
            ]
        case .state(.pending, _), .state(.snoozed, _), .reaction, .status, .membership, .labels, .clock, .survey, .run:
            return []
        }
    }
}

extension Conversation {
    fileprivate func told(as room: RoomID) -> JSONValue {
        let customer: JSONValue =
            switch customer {
            case .visitor(let id): ["kind": "visitor", "id": .string(id.text)]
            case .whatsapp(let id): ["kind": "whatsapp", "id": .string(id.text)]
            }
        return ["id": .string(room.text), "channel": .string(channel.rawValue), "customer": customer]
    }
}

extension RoomEvent {
    /// A message as it was written, or as it is after an edit of `target`. Codes are never in it.
    fileprivate func told(
        _ body: MessageBody,
        of target: SequenceNumber? = nil,
        replyTo: SequenceNumber? = nil
    ) -> JSONValue {
        var file = JSONValue.null
        if case .file(let reference) = body {
            file = [
                "name": .string(reference.name), "type": .string(reference.type), "size": .integer(reference.size),
                "url": .string(reference.url),
            ]
        }
        return [
            "seq": .integer((target ?? seq).value),
            "author": author.json,
            "kind": .string(body.kind.rawValue),
            "text": .string(content.codes?.summary ?? body.plainText),
            "masked": .bool(content.codes != nil),
            "file": file,
            "reply_to": .optional(replyTo?.value),
        ]
    }
}

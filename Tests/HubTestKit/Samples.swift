package import Domain

/// People, rooms and events that tests are made of.
package enum Samples {
    package static let room = RoomID.sample(1)
    package static let side = RoomID.sample(2)
    package static let start = Timestamp(milliseconds: 1_790_000_000_000)

    package static let visitor = Participant(kind: .visitor, id: VisitorID.sample(1).text, name: "سارة")
    package static let agent = Participant(kind: .staff, id: UserID.sample(1).text, name: "عمر")
    package static let colleague = Participant(kind: .staff, id: UserID.sample(2).text, name: "هند")
    package static let assistant = Participant(kind: .assistant, id: "assistant", name: "مساعد")

    package static func user(_ number: Int, _ role: User.Role = .agent, isDisabled: Bool = false) -> User {
        User(
            id: .sample(number),
            email: "user\(number)@shop.example",
            name: "موظف \(number)",
            role: role,
            isDisabled: isDisabled,
            createdAt: start
        )
    }

    package static func visitor(_ number: Int, room: RoomID = room) throws -> Visitor {
        Visitor(
            id: .sample(number),
            room: room,
            profile: try VisitorProfile(name: "زائر \(number)"),
            verifiedUserID: nil,
            createdAt: start
        )
    }

    package static func room(
        _ kind: RoomKind,
        id: RoomID = room,
        head: SequenceNumber = .zero,
        conversation: Conversation? = nil
    ) -> Room {
        Room(
            id: id,
            kind: kind,
            title: "",
            head: head,
            parent: kind == .side ? room : nil,
            createdAt: start,
            last: nil,
            conversation: conversation ?? (kind == .conversation ? Samples.conversation() : nil)
        )
    }

    package static func conversation(_ state: ConversationState = .open) -> Conversation {
        Conversation(side: side, customer: .visitor(.sample(1)), state: state)
    }

    package static let file = FileReference(
        attachment: .sample(7),
        name: "فاتورة 1.png",
        type: "image/png",
        size: 20_480,
        url: "/api/v1/attachments/\(AttachmentID.sample(7))/x.png",
        width: 640,
        height: 480,
        caption: "الفاتورة"
    )

    package static let card = MessageCard(
        kind: .location,
        text: "المتجر",
        details: ["latitude": .number(24.7), "longitude": .number(46.6)]
    )

    package static let codes: CodeText = {
        let marks = [CodeText.Mark(.sample(1), product: "آيتونز 50"), CodeText.Mark(.sample(2), product: "آيتونز 50")]
        do {
            return try CodeText("تفضل\nITUN-5000-AAAA\nITUN-5000-BBBB", marks: marks)
        } catch {
            preconditionFailure("the sample is no text: \(error)")
        }
    }()

    package static let template = MessageBody.template(
        name: "order_ready",
        language: "ar",
        params: .object(["count": .integer(3), "price": .number(9.5), "note": .null, "names": .array([.string("أ")])])
    )

    package static func event(
        _ seq: SequenceNumber,
        _ content: EventContent = .message(.text("مرحبا"), replyTo: nil),
        by author: Participant = visitor,
        mid: MID? = nil,
        in room: RoomID = room,
        anchor: SequenceNumber? = nil
    ) -> RoomEvent {
        RoomEvent(
            room: room,
            seq: seq,
            at: start + .seconds(Int64(seq.value)),
            author: author,
            mid: mid ?? "m\(seq)",
            content: content,
            anchor: anchor
        )
    }

    /// One content of every kind, with its optional members and without.
    package static let contents: [EventContent] = [
        .message(.text("السلام عليكم"), replyTo: nil),
        .message(.text("line\nbreak \"quoted\" \\ \u{1F600}"), replyTo: 3),
        .message(.file(file), replyTo: nil),
        .message(template, replyTo: 1),
        .edit(target: 1, body: .text("وعليكم السلام")),
        .deletion(target: 2),
        .reaction(target: 1, emoji: "👍🏽", on: true),
        .reaction(target: 1, emoji: "❤️", on: false),
        .status(target: 1, .delivered, problem: nil),
        .status(target: 1, .failed, problem: "131026"),
        .message(.card(card), replyTo: nil),
        .message(cited, replyTo: nil),
        .message(.codes(codes), replyTo: nil),
        .message(.mentioning(mentioning), replyTo: nil),
        .edit(target: 1, body: .mentioning(mentioning)),
        .assignment(to: Assignee(.user(.sample(1)), name: "عمر"), epoch: 1),
        .assignment(to: Assignee(.team(.sample(4)), name: "المبيعات"), epoch: 2),
        .assignment(to: nil, epoch: 3),
        .assignment(to: .assistant, epoch: 4),
        .state(.snoozed, until: start),
        .state(.resolved, until: nil),
        .membership(.added, who: agent),
        .membership(.removed, who: colleague),
        .labels(added: [label], removed: []),
        .labels(added: [], removed: [label]),
        .clock(.firstResponse, .warned, due: start),
        .clock(.resolution, .breached, due: start),
        .survey,
        .rating(rating),
        .run(AssistantRun(run, .started)),
    ]

    package static let mentioning: MentioningText = {
        guard let text = MentioningText("@هند شوفي هذا", [.init(user: .sample(2), name: "هند")]) else {
            preconditionFailure("a mention")
        }
        return text
    }()

    /// What the assistant wrote, with an article that customers can read and one that they cannot.
    package static let cited: MessageBody = {
        let sources = [
            CitedText.Source(article: .sample(1), title: "سياسة الاسترجاع", url: "https://shop.example/refunds"),
            CitedText.Source(article: .sample(2), title: "الدفع", url: nil),
        ]
        return CitedText("تسترده خلال ١٤ يومًا.", sources).map(MessageBody.cited) ?? .text("")
    }()

    package static let run = AssistantRun.ID(room: room, question: 12, epoch: 3)

    /// Of what the assistant is writing.
    package static let draft: AssistantDraft = {
        var draft = AssistantDraft(run)
        _ = draft.append("مرحبا")
        return draft
    }()

    package static let label = LabelMark(id: .sample(7), nameAr: "شحن", nameEn: "Shipping", color: "#0B6E5F")

    package static let rating: SurveyAnswer = {
        do {
            return try SurveyAnswer(survey: 5, score: 4, comment: "شكراً")
        } catch {
            preconditionFailure("the sample is no answer: \(error)")
        }
    }()
}

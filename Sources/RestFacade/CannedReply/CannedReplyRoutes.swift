import Actors
import Domain
import Hummingbird

/// Replies that agents use again and again.
struct CannedReplyRoutes: EndpointGroup {
    let replies: any CannedReplyStore
    let conversations: any ConversationStore
    let teams: any TeamStore
    let gateway: any RoomGateway
    let hours: HoursBook

    private static let path = "/canned-replies"
    private static let onePath = "/canned-replies/{reply}"
    private static let resource = CannedReplyDescription.resource

    let title = "Canned replies"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listCannedReplies", "Canned replies, a page at a time.", of: Self.resource, right: .chat,
                sorts: CannedReplySort.self, filters: CannedReplyDescription.filters, run: list),
            .create(
                Self.path, "createCannedReply", "Make a canned reply.", of: Self.resource, right: .deskManage,
                run: make),
            .read(Self.onePath, "getCannedReply", "One canned reply.", of: Self.resource, right: .chat, run: read),
            .change(
                Self.onePath, "changeCannedReply", "Change a canned reply.", of: Self.resource, right: .deskManage,
                run: change),
            .remove(Self.onePath, "removeCannedReply", "Remove a canned reply.", right: .deskManage, run: remove),
            Endpoint(
                method: .post,
                path: "\(Self.onePath)/render",
                id: "renderCannedReply",
                summary: "The text with the values of a conversation filled in; nothing is sent.",
                right: .chat,
                body: .json(CannedReplyDescription.rendering),
                answers: [
                    .init(status: .ok, note: "The text.", content: .json(CannedReplyDescription.rendered))
                ],
                run: render
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<CannedReplySort, _> = try ListParameters.request(
            call.query, filter: CannedReplyDescription.filter(call))
        return .page(try await replies.replies(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        let entry = try CannedReplyDescription.make(call.body, at: call.at)
        return call.created(try await replies.add(entry, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response { call.answer(try await entry(of: call)) }

    private func change(_ call: Call) async throws -> Response {
        let entry = try await replies.change(
            call.id("reply"), expected: call.expectedVersion, call.writing()
        ) { entry in
            try CannedReplyDescription.merge(call.body, into: &entry)
        }
        return call.answer(entry)
    }

    private func remove(_ call: Call) async throws -> Response {
        try await replies.remove(call.id("reply"), expected: call.expectedVersion, call.writing())
        return Response(status: .noContent)
    }

    private func render(_ call: Call) async throws -> Response {
        let entry = try await entry(of: call)
        guard let room: RoomID = try call.body.id("room"),
            let summary = try await conversations.summaries(of: [room]).first, summary.room.id == room
        else { throw HubError.notFound("there is no such conversation") }
        try await gateway.authorize(.staff(call.caller.user), in: room)
        let shop = try await hours.shop()
        let wanted = try call.body.choice("language") ?? shop.language(ofLocale: summary.contact.locale)
        guard let (template, language) = entry.reply.text(in: wanted) else {
            throw HubError(.internal, "A canned reply has no text.")
        }
        let values = try await values(for: call, summary, shop, language)
        return .json { $0.value(CannedReplyDescription.document(template.filled(values.byVariable), language)) }
    }

    private func values(
        for call: Call,
        _ summary: ConversationSummary,
        _ shop: ShopProfile,
        _ language: Language
    ) async throws -> ReplyValues {
        var team: Team?
        if case .team(let id)? = summary.conversation.assignee?.reference { team = try await teams.team(id) }
        let book = try await hours.hours(for: summary.conversation.team, of: shop, at: call.at)
        return ReplyValues(
            contact: summary.contact,
            agentName: call.caller.user.name,
            teamName: team.map { language == .english ? $0.nameEn ?? $0.nameAr : $0.nameAr },
            shopName: shop.name(in: language),
            nextOpening: book.nextOpening(from: call.at).map { opening in
                OpeningWords.text(of: opening, from: call.at, in: book.zone, language)
            }
        )
    }

    private func entry(of call: Call) async throws -> CannedReplyEntry {
        guard let entry = try await replies.reply(call.id("reply")) else {
            throw HubError.notFound("there is no such canned reply")
        }
        return entry
    }
}

extension CannedReplyEntry: VersionedDocument {}

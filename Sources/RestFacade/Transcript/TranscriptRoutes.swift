import Actors
import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// A conversation as a file to keep: for staff any, for a visitor their own.
struct TranscriptRoutes: EndpointGroup {
    let rooms: any RoomStore
    let conversations: any ConversationStore
    let gateway: any RoomGateway
    let hours: HoursBook
    let mail: MailDesk

    /// The form of the file.
    private enum Format: String, CaseIterable {
        case text, html
    }

    let title = "Transcripts"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/conversations/{conversation}/transcript",
                id: "getTranscript",
                summary: "The messages of a conversation as a file, as they read now.",
                access: .signedIn(.chat, answer),
                query: [
                    .init(name: "format", schema: .choice(Format.self), note: "`text` when not given."),
                    .init(name: "language", schema: .choice(Language.self), note: "The customer's when not given."),
                    .init(name: "notes", schema: .boolean, note: "Also the notes between colleagues; for staff."),
                ],
                answers: [
                    .init(
                        status: .ok, note: "Written as it is read.",
                        content: .anyMedia(["text/plain", "text/html"]))
                ]
            ),
            Endpoint(
                method: .post,
                path: "/conversations/{conversation}/transcript",
                id: "sendTranscript",
                summary: "Send the messages of a conversation by e-mail, as they read when it leaves.",
                access: .signedIn(.chat, send),
                body: .json(TranscriptDescription.order),
                isOnce: true,
                answers: [
                    .init(
                        status: .accepted, note: "It is owed. The note in the side room says how far it got.",
                        content: .json(TranscriptDescription.posted)),
                    .problem(.conflict, "No e-mail is set up here."),
                ]
            ),
        ]
    }

    private func send(_ visit: Visit, _ principal: Principal) async throws -> Response {
        let room = try visit.id("conversation", as: RoomID.self)
        try await gateway.authorize(principal, in: room)
        let summary = try await summary(of: room)
        let shop = try await hours.shop()
        let answer: @Sendable (PostedMail) -> StoredAnswer = { mail in
            StoredAnswer(
                status: 202, location: nil, body: JSONValue.object(["mail": .string(mail.id.text)]).text)
        }
        let written = try await mail.sendTranscript(
            of: summary,
            to: visit.body.text("to"),
            in: visit.body.choice("language") ?? shop.language(ofLocale: summary.contact.locale),
            for: principal,
            visit.writing(answer: answer)
        )
        return Response(written, answer)
    }

    private func summary(of room: RoomID) async throws -> ConversationSummary {
        guard let summary = try await conversations.summaries(of: [room]).first, summary.room.id == room else {
            throw HubError.notFound("there is no such conversation")
        }
        return summary
    }

    private func answer(_ visit: Visit, _ principal: Principal) async throws -> Response {
        let room = try visit.id("conversation", as: RoomID.self)
        try await gateway.authorize(principal, in: room)
        let withNotes = try visit.query.bool("notes") ?? false
        guard principal.isStaff || !withNotes else { throw HubError.forbidden("notes are for staff") }
        let summary = try await summary(of: room)
        let shop = try await hours.shop()
        let language = try visit.query.choice("language") ?? shop.language(ofLocale: summary.contact.locale)
        let words = TranscriptWords(
            language: language, shopName: shop.name(in: language), zone: hours.hours(of: shop, at: visit.at).zone)
        let format = try visit.query.choice("format") ?? Format.text
        let reader = TranscriptReader(
            rooms: rooms, room: room, notes: withNotes ? summary.conversation.side : nil)
        switch format {
        case .text: return Self.file("txt", "text/plain", TranscriptText(words), reader)
        case .html: return Self.file("html", "text/html", TranscriptPage(words), reader)
        }
    }

    private static func file(
        _ suffix: String,
        _ type: String,
        _ form: some TranscriptForm,
        _ reader: TranscriptReader
    ) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "\(type); charset=utf-8",
                .contentDisposition: ContentDisposition(isInline: false, name: "transcript.\(suffix)").value,
                .cacheControl: "no-store",
            ],
            body: ResponseBody { writer in
                var reader = reader
                try await writer.write(ByteBuffer(string: form.head()))
                while let lines = try await reader.next() {
                    try await writer.write(ByteBuffer(string: lines.map(form.text).joined()))
                }
                try await writer.write(ByteBuffer(string: form.foot()))
                try await writer.finish(nil)
            }
        )
    }
}

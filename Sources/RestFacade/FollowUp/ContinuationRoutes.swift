import Actors
import Domain
import Hummingbird

/// The way back of a visitor who was written to.
struct ContinuationRoutes: EndpointGroup {
    let desk: ContinuationDesk

    let title = "Going on with a conversation"

    private static let link = Schema.object(
        ObjectSchema(
            name: "ContinuationLink",
            members: [.required("token", .text(TextRule(.visible, 1...512)), "What stands behind # in the link.")]
        ))

    private static let pass = Schema.object(
        ObjectSchema(
            name: "VisitorPass",
            members: [
                .required("token", .line(100), "The token of this device, as `auth` takes it."),
                .required("visitor", .id(VisitorID.self)),
                .required("room", .id(RoomID.self)),
            ]
        ))

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post,
                path: "/visitor/continue",
                id: "continueConversation",
                summary: "Exchange the token of a link for one of this device: the same visitor, the same room.",
                access: .open(admit),
                body: .json(Self.link),
                answers: [
                    .init(status: .ok, note: "Who you are.", content: .json(Self.pass)),
                    .problem(.unauthorized, "The link has ended, or is none."),
                ]
            )
        ]
    }

    private func admit(_ visit: Visit) async throws -> Response {
        let pass = try await desk.admit(visit.body.text("token") ?? "")
        var response = Response.json { writer in
            writer.value(
                .object([
                    "token": .string(pass.token),
                    "visitor": .string(pass.visitor.id.text),
                    "room": .string(pass.visitor.room.text),
                ]))
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

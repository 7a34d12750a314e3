import Domain
import HTTPTypes
import Hummingbird

/// Messages that may be sent over WhatsApp at any time.
struct TemplateRoutes: EndpointGroup {
    let offer: any TemplateOffer

    let title = "WhatsApp templates"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/whatsapp/templates", id: "listWhatsAppTemplates",
                summary: "The approved templates of the WhatsApp account, as they were last asked for.",
                right: .chat,
                answers: [.init(status: .ok, note: "All of them.", content: .json(Self.templates))],
                run: list)
        ]
    }

    private static let templates = Schema.object(
        ObjectSchema(
            name: "WhatsAppTemplates",
            members: [.required("templates", .list(.object(template), count: 0...2000))]
        ))

    static let template = ObjectSchema(
        name: "WhatsAppTemplate",
        members: [
            .required("name", .line(512)),
            .required("language", .line(20)),
            .required("category", .line(0...40)),
            .required("body", .prose(4096), "With `{{1}}` or `{{name}}` where something varies."),
            .required(
                "parameters", .list(.line(100), count: 0...100),
                "What varies, in the order of `params.body` of a message of kind `template`."),
        ]
    )

    private func list(_ call: Call) async throws -> Response {
        .json { writer in
            writer.beginObject()
            writer.key("templates")
            writer.value(.array(offer.templates.map(\.json)))
            writer.endObject()
        }
    }
}

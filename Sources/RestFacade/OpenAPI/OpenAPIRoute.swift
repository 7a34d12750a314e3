import Domain
import Hummingbird

/// `GET /api/v1/openapi.json`: what the API is, for programs.
struct OpenAPIRoute: EndpointGroup {
    private let file: StaticFile

    /// - Parameter groups: All others; the document describes its own address too.
    init(describing groups: [any EndpointGroup]) {
        let itself = OpenAPIRoute(text: "")
        self.init(text: OpenAPIDocument(groups: groups + [itself]).json.text)
    }

    private init(text: String) {
        file = StaticFile(SourceFile(name: "openapi.json", type: .json, bytes: Array(text.utf8)))
    }

    let title = "Description"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/openapi.json", id: "getDescription", summary: "This document (OpenAPI 3.1).",
                access: .open { visit in file.answer(visit.request) },
                answers: [
                    .init(status: .ok, note: "The document.", content: .json(.anyObject), hasVersion: true),
                    .init(status: .notModified, note: "Not changed since the version in If-None-Match."),
                ])
        ]
    }
}

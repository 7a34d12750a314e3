import Actors
import Domain
import HTTPTypes
import Hummingbird

/// Imports of codes as the API describes them.
enum CodeImportDescription {
    private static let fields: [ResourceSchema.Field] = [
        .readOnly("id", .id(CodeImportID.self)),
        .readOnly("product", .id(ProductID.self)),
        .readOnly("mode", .choice(CodeImport.Mode.self)),
        .readOnly("state", .choice(CodeImport.State.self), "Codes can be seen once it is `finished`."),
        .readOnlyNullable("name", .line(100)),
        .readOnly("lines", .count, "Read so far, without the header and empty lines."),
        .readOnly("accepted", .count),
        .readOnly("invalid", .count),
        .readOnly("duplicate", .count),
        .readOnlyNullable("failure", .line(500), "Why it failed."),
        .readOnly("started_by", .line(64)),
        .readOnly("created_at", .moment),
        .readOnly("updated_at", .moment),
    ]

    static let resource = ResourceSchema("CodeImport", fields)

    static let report = ResourceSchema(
        "CodeImportReport",
        fields + [
            .readOnly(
                "problems", .list(problem, count: 0...1_000_000),
                "Lines that were not kept, in their order; the first of them when they are very many.")
        ]
    )

    private static let problem = Schema.object(
        ObjectSchema(
            name: "CodeLineProblem",
            members: [
                .init(
                    name: "line", schema: .count, isRequired: true,
                    note: "From 1 on; of a JSON array the place in it."),
                .init(name: "code", schema: .line(40), isRequired: true, note: "Stable, for programs."),
                .init(name: "detail", schema: .line(200), isRequired: true, note: ""),
            ]
        ))

    static let filters: [Endpoint.Parameter] = [
        .init(name: "product", schema: .id(ProductID.self)),
        .init(name: "state", schema: .choice(CodeImport.State.self)),
    ]

    static func filter(_ query: Members) throws(HubError) -> CodeImportFilter {
        var filter = CodeImportFilter()
        filter.product = try query.id("product")
        filter.state = try query.choice("state")
        return filter
    }

    static let upload: [Endpoint.Parameter] = [
        .init(name: "product", schema: .id(ProductID.self), note: "Whose codes these are.", isRequired: true),
        .init(
            name: "mode", schema: .choice(CodeImport.Mode.self),
            note: "`all` (the usual): one bad line, and nothing is kept. `valid`: the good lines are kept."),
        .init(name: "name", schema: .line(100), note: "What to call it, such as the name of a file."),
        .init(name: "expires_at", schema: .moment, note: "When codes expire whose line does not say."),
    ]

    /// Throws `bad_request` with 415 for what cannot be read, and `invalid`.
    static func upload(_ call: Call) throws -> CodeImporter.Upload {
        guard let product: ProductID = try call.query.id("product") else {
            throw HubError.invalid([FieldProblem("product", "required", "say whose codes these are")])
        }
        return CodeImporter.Upload(
            product: product,
            mode: try call.query.choice("mode") ?? .all,
            name: try call.query.text("name"),
            format: try format(call),
            expiresAt: try call.query.moment("expires_at"),
            actor: call.actor
        )
    }

    private static func format(_ call: Call) throws(Problem) -> CodeLineReader.Format {
        let type = call.request.headers[.contentType]?.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        guard let format = type.flatMap(CodeLineReader.Format.init(mediaType:)) else {
            let accepted = CodeLineReader.Format.allCases.map(\.mediaType).joined(separator: ", ")
            throw Problem(
                .unsupportedMediaType, code: HubError.Code.badRequest.rawValue, detail: "send one of \(accepted)")
        }
        return format
    }
}

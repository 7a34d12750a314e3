import Actors
import Domain
import HTTPTypes
import Hummingbird
import Synchronization

/// Codes that come in by the thousand, and what became of them.
struct CodeImportRoutes: EndpointGroup {
    let imports: any CodeImportStore
    let importer: CodeImporter
    let limits: CodeLimits
    let slots: UploadSlots

    private static let path = "/codes/imports"
    private static let onePath = "/codes/imports/{import}"
    private static let resource = CodeImportDescription.resource
    /// Problems that a refusal shows; the others are in the report.
    private static let maxTold = 100
    private static let refusalLinger = Duration.seconds(2)

    init(imports: any CodeImportStore, importer: CodeImporter, limits: CodeLimits) {
        self.imports = imports
        self.importer = importer
        self.limits = limits
        slots = UploadSlots(maxTotal: limits.maxImports, maxPerPerson: limits.maxImports)
    }

    let title = "Imports of codes"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listCodeImports", "Imports of codes, a page at a time.", of: Self.resource,
                right: .codesImport, sorts: CodeImportSort.self, filters: CodeImportDescription.filters,
                isSearchable: false, run: list),
            Endpoint(
                method: .post,
                path: Self.path,
                id: "importCodes",
                summary: "Upload codes of a product, up to \(limits.maxPerImport) at once.",
                right: .codesImport,
                query: CodeImportDescription.upload,
                body: .stream(CodeLineReader.Format.allCases.map(\.mediaType)),
                answers: [
                    Endpoint.Answer(
                        status: .created, note: "They are for sale.", content: .json(Self.resource.document),
                        hasLocation: true),
                    .problem(.notFound, "There is no such product."), .conflict,
                ],
                run: take
            ),
            Endpoint(
                method: .get,
                path: Self.onePath,
                id: "getCodeImport",
                summary: "How far an import is, and which lines were not kept.",
                right: .codesImport,
                answers: [
                    Endpoint.Answer(
                        status: .ok, note: "As it is now.", content: .json(CodeImportDescription.report.document))
                ],
                run: read
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<CodeImportSort, _> = try ListParameters.request(
            call.query, filter: CodeImportDescription.filter(call.query))
        return .page(try await imports.codeImports(request), of: request)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let found = try await imports.codeImport(call.id("import")) else {
            throw HubError.notFound("there is no such import")
        }
        let problems = try await imports.problems(of: found.id, limit: limits.maxProblems)
        return .json { writer in
            let members = ["problems": JSONValue.array(problems.map(\.document))]
            writer.value(.object(found.document.merging(members) { $1 }))
        }
    }

    private func take(_ call: Call) async throws -> Response {
        let isBodyRead = Atomic(false)
        do {
            let upload = try CodeImportDescription.upload(call)
            let person = call.caller.user.participant
            try slots.take(person)
            defer { slots.leave(person) }
            let done = try await importer.take(upload, call.request.body) {
                isBodyRead.store(true, ordering: .relaxed)
            }
            guard done.state == .finished else { return try await refused(done, call) }
            var response = Response.json(.created) { $0.value(.object(done.document)) }
            response.headers[.location] = "\(Endpoint.base)\(Self.path)/\(done.id)"
            return response
        } catch {
            var response = Self.problem(error).response(from: call.request, context: call.context)
            // What is still being sent is read and dropped, but not for ever.
            if !isBodyRead.load(ordering: .relaxed) { call.context.makeLast(&response, lingering: Self.refusalLinger) }
            return response
        }
    }

    private func refused(_ done: CodeImport, _ call: Call) async throws -> Response {
        let fields = try await imports.problems(of: done.id, limit: Self.maxTold).map { problem in
            FieldProblem("/lines/\(problem.line)", problem.code, problem.detail)
        }
        let (invalid, duplicate) = (done.counts.invalid, done.counts.duplicate)
        let detail = """
            nothing was kept: \(invalid) lines are invalid and \(duplicate) are duplicates. \
            All of them: \(Endpoint.base)\(Self.path)/\(done.id)
            """
        return Problem(HubError(.invalid, detail, fields: fields)).response(from: call.request, context: call.context)
    }

    /// What is no error of ours comes from the body: its sender went away, and gets no answer whatever is said here.
    private static func problem(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let error as HubError: Problem(error)
        case let error as any HTTPResponseError: Problem(error)
        default: Problem(HubError.badRequest("the upload ended before its body did"))
        }
    }
}

import Domain
import HTTPTypes
import Hummingbird

/// Who takes part in a program, and how far they are.
struct EnrolmentRoutes: EndpointGroup {
    let training: any TrainingStore

    private static let allPath = "/training-enrolments"
    private static let path = "/training-programs/{program}/enrolments"
    private static let onePath = "\(path)/{enrolment}"
    private static let modulePath = "\(onePath)/modules/{module}"
    private static let resource = TrainingDescription.enrolment

    let title = "Enrolments"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.allPath, "listAllEnrolments", "Who takes part in which program.", of: Self.resource,
                right: .trainingRead, sorts: EnrolmentSort.self,
                filters: [.init(name: "program", schema: .id(TrainingProgramID.self))]
                    + TrainingDescription.enrolmentFilters,
                isSearchable: false, run: listAll),
            .list(
                Self.path, "listEnrolments", "Who takes part in a program.", of: Self.resource, right: .trainingRead,
                sorts: EnrolmentSort.self, filters: TrainingDescription.enrolmentFilters, isSearchable: false,
                run: list),
            .create(
                Self.path, "createEnrolment", "Let a contact or a member of staff take part.", of: Self.resource,
                right: .trainingWrite, run: make),
            .read(Self.onePath, "getEnrolment", "One enrolment.", of: Self.resource, right: .trainingRead, run: read),
            .remove(Self.onePath, "removeEnrolment", "End an enrolment.", right: .trainingWrite, run: remove),
            mark(.put, "completeModule", "Mark a module as done. Learners may do it for themselves.", complete),
            mark(.delete, "reopenModule", "Mark a module as not done.", reopen),
        ]
    }

    private func mark(
        _ method: HTTPRequest.Method,
        _ id: String,
        _ summary: String,
        _ run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: method,
            path: Self.modulePath,
            id: id,
            summary: summary,
            right: .trainingRead,
            answers: [
                Endpoint.Answer(
                    status: .ok, note: "As it is now.", content: .json(Self.resource.document), hasVersion: true)
            ],
            run: run
        )
    }

    private func listAll(_ call: Call) async throws -> Response {
        var filter = try TrainingDescription.filter(call.query, call.scope)
        filter.program = try call.query.id("program")
        let request: ListRequest<EnrolmentSort, _> = try ListParameters.request(call.query, filter: filter)
        return .page(try await training.enrolments(request), of: request)
    }

    private func list(_ call: Call) async throws -> Response {
        let program: TrainingProgramID = try call.id("program")
        guard try await training.program(program) != nil else { throw HubError.notFound("there is no such program") }
        var filter = try TrainingDescription.filter(call.query, call.scope)
        filter.program = program
        let request: ListRequest<EnrolmentSort, _> = try ListParameters.request(call.query, filter: filter)
        return .page(try await training.enrolments(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        let program: TrainingProgramID = try call.id("program")
        let path = "/training-programs/\(program)/enrolments"
        let enrolment = Enrolment(
            id: .make(at: call.at), program: program, learner: try TrainingDescription.learner(call.body), at: call.at)
        return call.created(
            try await training.enrol(enrolment, scope: call.scope, call.making(at: path)), at: path)
    }

    private func read(_ call: Call) async throws -> Response {
        let found = try await training.enrolment(
            call.id("enrolment"), of: call.id("program"), scope: call.scope)
        guard let progress = found else {
            throw HubError.notFound("there is no such enrolment in this program")
        }
        return call.answer(progress)
    }

    private func remove(_ call: Call) async throws -> Response {
        try await training.leave(
            call.id("enrolment"), of: call.id("program"), scope: call.scope, expected: call.expectedVersion,
            call.writing())
        return Response(status: .noContent)
    }

    private func complete(_ call: Call) async throws -> Response {
        try await mark(doneAt: call.at, call)
    }

    private func reopen(_ call: Call) async throws -> Response {
        try await mark(doneAt: nil, call)
    }

    private func mark(doneAt moment: Timestamp?, _ call: Call) async throws -> Response {
        let caller = call.caller
        let progress = try await training.mark(
            call.id("module"), doneAt: moment, in: call.id("enrolment"), of: call.id("program"), scope: call.scope,
            call.writing()
        ) { enrolment in
            guard caller.rights.contains(.trainingWrite) || enrolment.learner == .user(caller.user.id) else {
                throw HubError.forbidden("only the learner, or who has the right training:write, may do this")
            }
        }
        return call.answer(progress)
    }
}

extension TrainingProgress: VersionedDocument {}

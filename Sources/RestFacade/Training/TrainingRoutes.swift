import Domain
import Hummingbird

/// What contacts and staff can learn.
struct TrainingRoutes: EndpointGroup {
    let training: any TrainingStore

    private static let path = "/training-programs"
    private static let onePath = "/training-programs/{program}"
    private static let resource = TrainingDescription.program

    let title = "Training programs"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listTrainingPrograms", "Programs, a page at a time.", of: Self.resource,
                right: .trainingRead, sorts: TrainingProgramSort.self, filters: TrainingDescription.programFilters,
                run: list),
            .create(
                Self.path, "createTrainingProgram", "Make a program.", of: Self.resource, right: .trainingWrite,
                run: make),
            .read(
                Self.onePath, "getTrainingProgram", "One program.", of: Self.resource, right: .trainingRead, run: read),
            .change(
                Self.onePath, "changeTrainingProgram", "Change a program.", of: Self.resource, right: .trainingWrite,
                run: change),
            .remove(
                Self.onePath, "removeTrainingProgram", "Remove a program that nobody takes part in.",
                right: .trainingWrite, run: remove),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        var filter = TrainingProgramFilter()
        filter.state = try call.query.choice("state")
        let request: ListRequest<TrainingProgramSort, _> = try ListParameters.request(call.query, filter: filter)
        return .page(try await training.programs(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var program = TrainingProgram(id: .make(at: call.at), at: call.at)
        try TrainingDescription.merge(call.body, into: &program, at: call.at)
        return call.created(try await training.add(program, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let program = try await training.program(call.id("program")) else {
            throw HubError.notFound("there is no such program")
        }
        return call.answer(program)
    }

    private func change(_ call: Call) async throws -> Response {
        let program = try await training.change(
            call.id("program"), expected: call.expectedVersion, call.writing()
        ) { program in
            try TrainingDescription.merge(call.body, into: &program, at: call.at)
        }
        return call.answer(program)
    }

    private func remove(_ call: Call) async throws -> Response {
        try await training.remove(call.id("program"), expected: call.expectedVersion, call.writing())
        return Response(status: .noContent)
    }
}

extension TrainingProgram: VersionedDocument {}

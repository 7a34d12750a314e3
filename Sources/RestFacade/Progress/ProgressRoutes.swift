import Domain
import Hummingbird

/// Goals of contacts, and how they went.
struct ProgressRoutes: EndpointGroup {
    let progress: any ProgressStore

    private static let path = "/progress-goals"
    private static let onePath = "/progress-goals/{goal}"
    private static let stepsPath = "/progress-goals/{goal}/check-ins"
    private static let resource = ProgressGoalDescription.resource
    private static let step = ProgressGoalDescription.checkIn

    let title = "Progress goals"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listProgressGoals", "Goals, a page at a time.", of: Self.resource, right: .progressRead,
                sorts: ProgressGoalSort.self, filters: ProgressGoalDescription.filters, run: list),
            .create(
                Self.path, "createProgressGoal", "Set a contact a goal.", of: Self.resource, right: .progressWrite,
                run: make),
            .read(Self.onePath, "getProgressGoal", "One goal.", of: Self.resource, right: .progressRead, run: read),
            .change(
                Self.onePath, "changeProgressGoal", "Change a goal.", of: Self.resource, right: .progressWrite,
                run: change),
            .remove(
                Self.onePath, "removeProgressGoal", "Remove a goal with its history.", right: .progressWrite,
                run: remove),
            .list(
                Self.stepsPath, "listCheckIns", "The history of a goal, newest first.", of: Self.step,
                right: .progressRead, sorts: CheckInSort.self, isSearchable: false, run: listSteps),
            checkInEndpoint,
        ]
    }

    private var checkInEndpoint: Endpoint {
        Endpoint(
            method: .post,
            path: Self.stepsPath,
            id: "createCheckIn",
            summary: "Say how a goal stands. Its current value follows.",
            right: .progressWrite,
            body: .json(Self.step.creation),
            isOnce: true,
            answers: [
                Endpoint.Answer(status: .created, note: "It was made.", content: .json(Self.step.document)),
                .conflict,
            ],
            run: checkIn
        )
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<ProgressGoalSort, _> = try ListParameters.request(
            call.query, filter: ProgressGoalDescription.filter(call.query, call.scope))
        return .page(try await progress.goals(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        guard let contact: ContactID = try call.body.id("contact") else {
            throw HubError.invalid([FieldProblem("/contact", "required", "is missing")])
        }
        var goal = ProgressGoal(id: .make(at: call.at), contact: contact, at: call.at)
        try ProgressGoalDescription.merge(call.body, into: &goal, at: call.at)
        let written = try await progress.add(goal, scope: call.scope, call.making(at: Self.path))
        return call.created(written, at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let goal = try await progress.goal(call.id("goal"), scope: call.scope) else {
            throw HubError.notFound("there is no such goal")
        }
        return call.answer(goal)
    }

    private func change(_ call: Call) async throws -> Response {
        let goal = try await progress.change(
            call.id("goal"), scope: call.scope, expected: call.expectedVersion, call.writing()
        ) { goal in
            try ProgressGoalDescription.merge(call.body, into: &goal, at: call.at)
        }
        return call.answer(goal)
    }

    private func remove(_ call: Call) async throws -> Response {
        try await progress.remove(
            call.id("goal"), scope: call.scope, expected: call.expectedVersion, call.writing())
        return Response(status: .noContent)
    }

    private func listSteps(_ call: Call) async throws -> Response {
        let request: ListRequest<CheckInSort, Void> = try ListParameters.request(call.query, filter: ())
        return .page(try await progress.checkIns(of: call.id("goal"), scope: call.scope, request), of: request)
    }

    private func checkIn(_ call: Call) async throws -> Response {
        let reading = try ProgressGoalDescription.reading(call.body)
        let note = try call.body.text("note")
        let written = try await progress.checkIn(
            call.id("goal"), scope: call.scope, call.writing(answer: StoredAnswer.made)
        ) { goal in
            try goal.checkIn(.make(at: call.at), reading, note: note, by: call.caller.user.name, at: call.at)
        }
        return call.answer(written, StoredAnswer.made)
    }
}

extension StoredAnswer {
    /// Of a thing without an address of its own.
    static func made(_ thing: some Auditable) -> StoredAnswer {
        StoredAnswer(status: 201, location: nil, body: JSONValue.object(thing.document).text)
    }
}

extension ProgressGoal: VersionedDocument {}

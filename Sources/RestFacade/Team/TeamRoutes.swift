import Domain
import Hummingbird

/// Groups of staff that conversations can be handed to.
struct TeamRoutes: EndpointGroup {
    let teams: any TeamStore

    private static let path = "/teams"
    private static let onePath = "/teams/{team}"
    private static let resource = TeamDescription.resource

    let title = "Teams"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listTeams", "Teams, a page at a time.", of: Self.resource, right: .usersRead,
                sorts: TeamSort.self, filters: TeamDescription.filters, run: list),
            .create(Self.path, "createTeam", "Make a team.", of: Self.resource, right: .usersManage, run: make),
            .read(Self.onePath, "getTeam", "One team.", of: Self.resource, right: .usersRead, run: read),
            .change(
                Self.onePath, "changeTeam", "Change a team, also who is in it.", of: Self.resource,
                right: .usersManage, run: change),
            .remove(
                Self.onePath, "removeTeam", "Remove a team that no unresolved conversation is assigned to.",
                right: .usersManage, run: remove),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        var filter = TeamFilter()
        filter.member = try call.query.id("member")
        let request: ListRequest<TeamSort, _> = try ListParameters.request(call.query, filter: filter)
        return .page(try await teams.teams(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var team = Team(id: .make(at: call.at), at: call.at)
        try TeamDescription.merge(call.body, into: &team)
        return call.created(try await teams.add(team, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let team = try await teams.team(call.id("team")) else {
            throw HubError.notFound("there is no such team")
        }
        return call.answer(team)
    }

    private func change(_ call: Call) async throws -> Response {
        let team = try await teams.change(
            call.id("team"), expected: call.expectedVersion, call.writing()
        ) { team in
            try TeamDescription.merge(call.body, into: &team)
        }
        return call.answer(team)
    }

    private func remove(_ call: Call) async throws -> Response {
        try await teams.remove(call.id("team"), expected: call.expectedVersion, call.writing())
        return Response(status: .noContent)
    }
}

extension Team: VersionedDocument {}

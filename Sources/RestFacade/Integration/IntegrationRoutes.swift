import Actors
import Domain
import Hummingbird

/// Outside services: how they are connected, and whether that works.
struct IntegrationRoutes: EndpointGroup {
    let desk: IntegrationDesk

    private static let path = "/integrations"
    private static let onePath = "/integrations/{type}"
    private static let resource = IntegrationDescription.resource

    let title = "Integrations"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: Self.path,
                id: "listIntegrations",
                summary: "Every outside service, whether it is connected or not.",
                right: .settingsRead,
                answers: [
                    .init(
                        status: .ok, note: "All of them.",
                        content: .json(.list(Self.resource.document, count: 0...IntegrationType.allCases.count)))
                ],
                run: list
            ),
            .read(Self.onePath, "getIntegration", "One service.", of: Self.resource, right: .settingsRead, run: read),
            Endpoint(
                method: .put,
                path: Self.onePath,
                id: "putIntegration",
                summary: "Connect a service: all of its values at once.",
                right: .settingsWrite,
                body: .json(IntegrationDescription.replacement),
                isConditional: true,
                answers: [
                    .init(status: .ok, note: "As it is now.", content: .json(Self.resource.document), hasVersion: true)
                ],
                run: put
            ),
            Endpoint(
                method: .get,
                path: "\(Self.onePath)/tests",
                id: "listIntegrationTests",
                summary: "What the newest \(Self.maxTests) tests found.",
                right: .settingsRead,
                answers: [
                    .init(
                        status: .ok, note: "The newest first.",
                        content: .json(.list(IntegrationDescription.test.document, count: 0...Self.maxTests)))
                ],
                run: tests
            ),
            test(root: Endpoint.base, id: "testIntegration"),
            test(root: "/api", id: "testIntegrationByOldAddress"),
        ]
    }

    private static let maxTests = 100

    private func test(root: String, id: String) -> Endpoint {
        Endpoint(
            method: .post,
            path: "\(Self.path)/test",
            root: root,
            id: id,
            summary: "Test a connection: one read-only request to the service, which nobody notices.",
            access: .staff(.settingsWrite, runTest),
            body: .json(IntegrationDescription.trial),
            answers: [
                .init(
                    status: .ok, note: "What was found, whether that is good or bad.",
                    content: .json(IntegrationDescription.test.document))
            ]
        )
    }

    private func list(_ call: Call) async throws -> Response {
        let views = try await desk.views()
        return .json { $0.value(.array(views.map { .object($0.document) })) }
    }

    private func read(_ call: Call) async throws -> Response {
        call.answer(try await desk.view(of: Self.type(of: call)))
    }

    private func put(_ call: Call) async throws -> Response {
        let type = try Self.type(of: call)
        let edit = try IntegrationEdit(call.body.map("values") ?? [:], for: type)
        return call.answer(
            try await desk.keep(
                edit, for: type, isEnabled: call.body.bool("enabled") ?? true, expected: call.expectedVersion,
                call.writing()))
    }

    private func tests(_ call: Call) async throws -> Response {
        let tests = try await desk.tests(of: Self.type(of: call), limit: Self.maxTests)
        return .json { $0.value(.array(tests.map { .object($0.document) })) }
    }

    private func runTest(_ call: Call) async throws -> Response {
        let type = try await tested(call.body)
        let edit = try call.body.map("config").map { values throws(HubError) in
            try IntegrationEdit(values, for: type, at: "/config")
        }
        let test = try await desk.test(type, trying: edit, .manual, by: call.actor)
        return .json { $0.value(.object(test.document)) }
    }

    private func tested(_ body: Members) async throws -> IntegrationType {
        let named: IntegrationType? = try body.choice("integration_type")
        guard let id: IntegrationID = try body.id("integration_config_id") else {
            guard let named else {
                throw HubError.invalid([
                    FieldProblem("/integration_type", "conflict", "this or integration_config_id must be given")
                ])
            }
            return named
        }
        guard let found = try await desk.type(of: id) else {
            throw HubError.invalid([
                FieldProblem("/integration_config_id", "conflict", "there is no such configuration")
            ])
        }
        guard named == nil || named == found else {
            throw HubError.invalid([
                FieldProblem("/integration_type", "conflict", "the configuration is one of \(found.rawValue)")
            ])
        }
        return found
    }

    private static func type(of call: Call) throws -> IntegrationType {
        guard let type = IntegrationType(rawValue: try call.context.parameters.require("type")) else {
            throw HubError.notFound("there is no such service")
        }
        return type
    }
}

extension IntegrationView: VersionedDocument {}

import Domain
import HTTPTypes
import Hummingbird

/// Settings of the shop: all are there at any time, with their defaults.
struct SettingRoutes: EndpointGroup {
    let settings: any ShopSettingStore

    private static let path = "/settings"
    private static let onePath = "/settings/{setting}"
    private static let resource = SettingDescription.resource

    let title = "Settings"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: Self.path,
                id: "listSettings",
                summary: "Every setting with its value and default.",
                right: .settingsRead,
                answers: [.init(status: .ok, note: "All of them.", content: .json(SettingDescription.list))],
                run: list
            ),
            .read(Self.onePath, "getSetting", "One setting.", of: Self.resource, right: .settingsRead, run: read),
            changing(.patch, "changeSetting", "Set a value.", body: .json(SettingDescription.patch), run: change),
            changing(.delete, "resetSetting", "Go back to the default.", run: reset),
            Endpoint(
                method: .get,
                path: "\(Self.onePath)/history",
                id: "listSettingChanges",
                summary: "Who changed a setting, the latest \(SettingDescription.maxHistory) changes first.",
                right: .settingsRead,
                answers: [
                    .init(status: .ok, note: "From the audit log.", content: .json(SettingDescription.history))
                ],
                run: history
            ),
            Endpoint(
                method: .get,
                path: "\(Self.onePath)/versions/{version}",
                id: "getSettingVersion",
                summary: "The change that made a version of a setting, however old.",
                right: .settingsRead,
                answers: [
                    .init(status: .ok, note: "From the audit log.", content: .json(SettingDescription.change))
                ],
                run: version
            ),
            changing(
                .post, "restoreSetting", "Set the value of an older version again: that makes a new one.",
                path: "\(Self.onePath)/versions/{version}/restore", run: restore),
        ]
    }

    private func changing(
        _ method: HTTPRequest.Method,
        _ id: String,
        _ summary: String,
        path: String = Self.onePath,
        body: Endpoint.Body = .none,
        run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: method,
            path: path,
            id: id,
            summary: summary,
            right: .settingsWrite,
            body: body,
            isConditional: true,
            answers: [
                .init(
                    status: .ok, note: "As it is now.", content: .json(Self.resource.document), hasVersion: true)
            ],
            run: run
        )
    }

    private func list(_ call: Call) async throws -> Response {
        let states = try await settings.settings()
        return Self.items(states.map { .object($0.document) })
    }

    private func read(_ call: Call) async throws -> Response {
        let setting = try Self.setting(of: call)
        guard let state = try await settings.settings().first(where: { $0.setting == setting }) else {
            throw Self.unknown
        }
        return call.answer(state)
    }

    private func change(_ call: Call) async throws -> Response {
        let setting = try Self.setting(of: call)
        let value = call.body["value"] ?? .null
        try SettingDescription.check(value, for: setting)
        return call.answer(
            try await settings.set(setting, to: value, expected: call.expectedVersion, call.writing()))
    }

    private func reset(_ call: Call) async throws -> Response {
        let setting = try Self.setting(of: call)
        return call.answer(
            try await settings.set(setting, to: nil, expected: call.expectedVersion, call.writing()))
    }

    private func history(_ call: Call) async throws -> Response {
        let setting = try Self.setting(of: call)
        let changes = try await settings.history(of: setting, limit: SettingDescription.maxHistory)
        return Self.items(changes.map { .object($0.document) })
    }

    private func version(_ call: Call) async throws -> Response {
        let change = try await change(named: call, of: try Self.setting(of: call))
        return .json { $0.value(.object(change.document)) }
    }

    private func restore(_ call: Call) async throws -> Response {
        let setting = try Self.setting(of: call)
        let change = try await change(named: call, of: setting)
        let value = change.isDefault ? nil : change.after
        // Rules of a type may have become narrower since.
        if let value { try SettingDescription.check(value, for: setting) }
        return call.answer(
            try await settings.set(setting, to: value, expected: call.expectedVersion, call.writing()))
    }

    private func change(named call: Call, of setting: ShopSetting) async throws -> ShopSettingChange {
        guard let number = Int64(try call.context.parameters.require("version")),
            let change = try await settings.version(number, of: setting)
        else { throw HubError.notFound("there is no such version of this setting") }
        return change
    }

    private static func items(_ items: [JSONValue]) -> Response {
        .json { $0.value(.object(["items": .array(items)])) }
    }

    private static func setting(of call: Call) throws -> ShopSetting {
        guard let setting = ShopSetting.named(try call.context.parameters.require("setting")) else { throw unknown }
        return setting
    }

    private static let unknown = HubError.notFound("there is no such setting")
}

extension ShopSettingState: VersionedDocument {}

import Domain
import HTTPTypes
import Hummingbird

/// What the widget shows before anybody has written: open to all, and kept by browsers and proxies for a minute.
struct WidgetSettingsRoute: EndpointGroup {
    let settings: any ShopSettingStore

    let title = "Widget"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/widget/settings", id: "getWidgetSettings",
                summary: "What the widget shows: names, colour, greeting, opening hours.",
                access: .open(read),
                answers: [
                    .init(status: .ok, note: "May be kept for a minute.", content: .json(Self.document)),
                    .init(status: .notModified, note: "Not changed since the one in If-None-Match."),
                ])
        ]
    }

    private func read(_ visit: Visit) async throws -> Response {
        let body = Self.document(of: try await settings.settings()).text
        let tag = EntityTag(ContentHash.text(of: body.utf8))
        let headers: HTTPFields = [
            .eTag: tag.text,
            .cacheControl: "public, max-age=60",
            // There is nothing in it that a page may not know.
            .accessControlAllowOrigin: "*",
            .vary: "Origin",
        ]
        guard !tag.isHeld(accordingTo: visit.request.headers[values: .ifNoneMatch]) else {
            return Response(status: .notModified, headers: headers)
        }
        var response = Response.json { $0.raw(body) }
        for field in headers { response.headers[field.name] = field.value }
        return response
    }

    private static func document(of states: [ShopSettingState]) -> JSONValue {
        func value(_ setting: ShopSetting) -> JSONValue {
            states.first { $0.setting == setting }?.value ?? setting.standard
        }
        return .object([
            "name": .object(["ar": value(.nameAr), "en": value(.nameEn)]),
            "language": value(.language),
            "time_zone": value(.timeZone),
            "hours": .object(["week": value(.week), "holidays": value(.holidays)]),
            "color": value(.color),
            "greeting": .object(["ar": value(.greetingAr), "en": value(.greetingEn)]),
            "away": .object(["ar": value(.awayAr), "en": value(.awayEn)]),
            "retention_days": value(.retentionDays),
        ])
    }

    private static let bilingual = Schema.object(
        ObjectSchema(name: "Bilingual", members: [.required("ar", .line(500)), .required("en", .line(500))]))

    private static let hours = Schema.object(
        ObjectSchema(
            name: "OpeningHours", members: [.required("week", .anyObject), .required("holidays", .any)]))

    private static let document = Schema.object(
        ObjectSchema(
            name: "WidgetSettings",
            members: [
                .required("name", bilingual),
                .required("language", .choice(Language.self)),
                .required("time_zone", .line(100), "Of the opening hours: a name of the IANA database."),
                .required("hours", hours),
                .required("color", .line(7)),
                .required("greeting", bilingual),
                .required("away", bilingual, "To be shown outside the opening hours."),
                .required("retention_days", .count, "For how long messages are said to be kept; 0 without end."),
            ]
        ))
}

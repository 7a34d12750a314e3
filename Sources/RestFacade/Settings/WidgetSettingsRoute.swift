import Actors
import Domain
import HTTPTypes
import Hummingbird

/// What the widget shows before anybody has written: open to all, and kept by browsers and proxies for a minute.
struct WidgetSettingsRoute: EndpointGroup {
    let hours: HoursBook

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
        let shop = try await hours.shop()
        let body = Self.document(of: shop, hours.hours(of: shop, at: visit.at), at: visit.at).text
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

    private static func document(of shop: ShopProfile, _ hours: BusinessHours, at now: Timestamp) -> JSONValue {
        func value(_ setting: ShopSetting) -> JSONValue { shop.value(of: setting) }
        // Nobody is told by a guess that the shop is closed.
        let isOpen = !shop.hasOwnHours || hours.isOpen(at: now)
        return .object([
            "name": .object(["ar": value(.nameAr), "en": value(.nameEn)]),
            "language": value(.language),
            "time_zone": value(.timeZone),
            "hours": .object(["week": value(.week), "holidays": value(.holidays)]),
            "open": .object([
                "now": .bool(isOpen),
                "opens_at": .optional(isOpen ? nil : hours.nextOpening(from: now)),
                "closes_at": .optional(shop.hasOwnHours && isOpen ? hours.nextClosing(from: now) : nil),
            ]),
            "color": value(.color),
            "greeting": .object(["ar": value(.greetingAr), "en": value(.greetingEn)]),
            "away": .object(["ar": value(.awayAr), "en": value(.awayEn)]),
            "starters": .object(["ar": value(.startersAr), "en": value(.startersEn)]),
            "introduction": value(.introduction),
            "retention_days": value(.retentionDays),
        ])
    }

    private static let bilingual = Schema.object(
        ObjectSchema(name: "Bilingual", members: [.required("ar", .line(500)), .required("en", .line(500))]))

    private static let lists = Schema.object(
        ObjectSchema(
            name: "BilingualLines",
            members: [
                .required("ar", .list(.line(80), count: 0...6)), .required("en", .list(.line(80), count: 0...6)),
            ]))

    private static let openingHours = Schema.object(
        ObjectSchema(
            name: "OpeningHours", members: [.required("week", .anyObject), .required("holidays", .any)]))

    private static let open = Schema.object(
        ObjectSchema(
            name: "OpenNow",
            members: [
                .required("now", .boolean, "Whether the shop is open."),
                .required("opens_at", .nullable(.moment), "When it opens next; null while it is open, or if never."),
                .required("closes_at", .nullable(.moment), "When it closes; null while it is closed, or if never."),
            ]
        ))

    private static let document = Schema.object(
        ObjectSchema(
            name: "WidgetSettings",
            members: [
                .required("name", bilingual),
                .required("language", .choice(Language.self)),
                .required("time_zone", .line(100), "Of the opening hours: a name of the IANA database."),
                .required("hours", openingHours),
                .required("open", open, "Spans past midnight and holidays are reckoned in."),
                .required("color", .line(7)),
                .required("greeting", bilingual),
                .required("away", bilingual, "To be shown outside the opening hours."),
                .required("starters", lists, "Questions to begin with by one click."),
                .required(
                    "introduction", .line(20), "Whether new visitors say who they are first: off, optional or required."
                ),
                .required("retention_days", .count, "For how long messages are said to be kept; 0 without end."),
            ]
        ))
}

import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct SettingRoutesTests {
    private static let path = "/api/v1/settings"
    private static let widget = "/api/v1/widget/settings"

    @Test func aSettingLives() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let place = "\(Self.path)/shop.name_ar"
            let first = try await hub.client.get(place, token: admin)
            #expect(first.header("ETag") == #""v0""# && first.status == 200)
            let changed = try await hub.client.patch(
                place, ["value": "بطاقتان"], token: admin, headers: ["If-Match": #""v0""#])
            #expect(try changed.text("value") == "بطاقتان" && changed.header("ETag") == #""v1""#)
            try await hub.client.patch(place, ["value": "x"], token: admin, headers: ["If-Match": #""v0""#])
                .expectProblem(412, "stale")
            for body in [["value": JSONValue.null], ["value": ""], [:], ["value": "x", "type": "color"]] {
                try await hub.client.patch(place, body, token: admin).expectProblem(422, "invalid")
            }
            #expect(try await hub.client.send(.delete, place, token: admin).json()["is_default"]?.bool == true)
            let history = try await hub.client.get("\(place)/history", token: admin).list("items")
            #expect(history.count == 2 && history.first?["by"]?["name"]?.string == "سارة")
            #expect(history.last?["after"]?.string == "بطاقتان")
            #expect(try await hub.client.get(Self.path, token: admin).list("items").count == ShopSetting.all.count)
        }
    }

    @Test func theHubsOwnKeysAreNoSettings() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            for key in ["epoch", "checked", "shop", "shop.name_ar%00"] {
                let answer = try await hub.client.get("\(Self.path)/\(key)", token: admin)
                #expect(answer.status == 404, "\(key)")
            }
            let zone = try await hub.client.patch(
                "\(Self.path)/shop.time_zone", ["value": "Asia/Dubai"], token: admin)
            #expect(zone.status == 200)
            try await hub.client.patch("\(Self.path)/shop.time_zone", ["value": "GMT+3"], token: admin)
                .expectProblem(422, "invalid")
            let supervisor = try await hub.signedIn("هند", role: .supervisor).token
            #expect(try await hub.client.get(Self.path, token: supervisor).status == 200)
            try await hub.client.patch("\(Self.path)/shop.name_ar", ["value": "x"], token: supervisor)
                .expectProblem(403, "forbidden")
        }
    }

    @Test func theWidgetKnowsThemWithoutAnAccount() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let first = try await hub.client.get(Self.widget)
            #expect(first.status == 200 && first.header("Cache-Control") == "public, max-age=60")
            #expect(try first.json()["name"]?["ar"] == ShopSetting.nameAr.standard)
            let tag = try #require(first.header("ETag"))
            #expect(try await hub.client.get(Self.widget, headers: ["If-None-Match": tag]).status == 304)
            _ = try await hub.client.patch(
                "\(Self.path)/widget.color", ["value": "#112233"], token: admin)
            let second = try await hub.client.get(Self.widget, headers: ["If-None-Match": tag])
            #expect(try second.status == 200 && second.text("color") == "#112233")
        }
    }

    @Test func onlyAShopThatSetHoursIsClosed() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let unset = try await hub.client.get(Self.widget).json()["open"]
            #expect(unset?["now"] == true && unset?["opens_at"] == nil && unset?["closes_at"] == nil)
            let days = try #require(OpeningWeek.standard.object)
            let week = JSONValue.object(days.mapValues { _ in .array([]) })
            let set = try await hub.client.patch("\(Self.path)/hours.week", ["value": week], token: admin)
            #expect(set.status == 200)
            let never = try await hub.client.get(Self.widget).json()["open"]
            #expect(never?["now"] == false && never?["opens_at"] == nil)
        }
    }
}

import Domain
import HTTPTypes
import Testing

@testable import RestFacade

/// Every endpoint × everybody who may knock: they pass, or are refused as the table of rights says.
@Suite struct AccessTableTests {
    private struct Guest {
        let name: String
        let token: String?
        /// Nil for nobody at all and for visitors.
        let rights: Set<Right>?
    }

    @Test func everybodyPassesWhereTheTableSaysSo() async throws {
        var options = RestHub.Options()
        options.requestsPerMinute = 100_000
        try await RestHub.with(options) { hub in
            var guests = [
                Guest(name: "nobody", token: nil, rights: nil),
                Guest(name: "a stranger", token: "no.such.token", rights: nil),
                Guest(name: "a visitor", token: try await hub.visitor("سارة").token, rights: nil),
            ]
            for role in User.Role.allCases {
                let token = try await hub.signedIn(role.rawValue, role: role).token
                guests.append(Guest(name: role.rawValue, token: token, rights: role.rights))
            }
            let admin = try await hub.signedIn("صاحب الرموز", role: .admin).token
            for right in Right.allCases {
                let made = try await hub.client.post(
                    "/api/v1/tokens", ["name": "x", "scopes": [.string(right.rawValue)]], token: admin)
                guests.append(Guest(name: "a token for \(right)", token: try made.text("token"), rights: [right]))
            }
            for endpoint in hub.facade.makeGroups().flatMap(\.endpoints) {
                for guest in guests { try await knock(endpoint, guest, hub) }
            }
        }
    }

    private func knock(_ endpoint: Endpoint, _ guest: Guest, _ hub: RestHub) async throws {
        let answer = try await hub.client.send(
            endpoint.method, Self.nowhere(endpoint.address), token: guest.token,
            headers: endpoint.takesBody ? ["Content-Type": "application/json"] : [:],
            body: endpoint.takesBody ? Array("{}".utf8) : nil
        )
        let place = Comment("\(endpoint.method) \(endpoint.address) for \(guest.name): \(answer.status)")
        switch Self.verdict(endpoint, guest) {
        case .unauthorized:
            #expect(answer.status == 401, place)
        case .forbidden:
            #expect(answer.status == 403, place)
        case .passes:
            #expect(answer.status != 401 || endpoint.isOpen, place)
            // Metrics are open to a token of their own, and ask everybody else by themselves (`MetricsRouteTests`).
            let isOwnRefusal = endpoint.isSignedIn && guest.rights == nil || Self.asksByItself.contains(endpoint.id)
            #expect(answer.status != 403 || isOwnRefusal, place)
            #expect(answer.status < 500, place)
        }
    }

    /// Endpoints that are open to whoever shows something else than a token.
    private static let asksByItself: Set = ["getMetrics", "verifyWhatsAppWebhook", "deliverWhatsAppWebhook"]

    private enum Verdict { case unauthorized, forbidden, passes }

    private static func verdict(_ endpoint: Endpoint, _ guest: Guest) -> Verdict {
        switch endpoint.access {
        case .open:
            return .passes
        case .signedIn(let right, _):
            guard let token = guest.token, token != "no.such.token" else { return .unauthorized }
            return guest.rights.map { $0.contains(right) } ?? true ? .passes : .forbidden
        case .staff(let right, _):
            guard let token = guest.token, token != "no.such.token" else { return .unauthorized }
            guard let rights = guest.rights else { return .forbidden }
            return right.map(rights.contains) ?? true ? .passes : .forbidden
        }
    }

    /// An address of the right shape at which there is nothing.
    private static func nowhere(_ address: String) -> String {
        address.replacing(/\{[^}]*\}/, with: "x_00000000000000000000000000")
    }
}

extension Endpoint {
    fileprivate var isOpen: Bool {
        if case .open = access { true } else { false }
    }

    /// Such endpoints may still refuse a visitor the room that was asked for.
    fileprivate var isSignedIn: Bool {
        if case .signedIn = access { true } else { false }
    }

    fileprivate var takesBody: Bool {
        if case .none = body { false } else { true }
    }
}

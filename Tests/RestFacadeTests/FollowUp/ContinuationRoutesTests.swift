import Actors
import Domain
import Storage
import Testing

@testable import Integrations
@testable import RestFacade

@Suite struct ContinuationRoutesTests {
    private static let path = "/api/v1/visitor/continue"

    @Test func aLinkLeadsBackToTheSameConversation() async throws {
        try await RestHub.with { hub in
            let (visitor, _) = try await hub.visitor("نورة")
            let known = try await hub.stores.conversations.update(
                visitor.id, profile: VisitorProfile(email: "noura@example.net"), verifiedUserID: nil,
                at: hub.clock.now)
            let link = try #require(hub.links.make(for: known, until: hub.clock.now + .seconds(3600)))
            let answer = try await hub.client.post(Self.path, ["token": .string(link)])
            #expect(answer.status == 200 && answer.header("Cache-Control") == "no-store")
            #expect(try answer.text("visitor") == visitor.id.text && answer.text("room") == visitor.room.text)
            let token = try answer.text("token")
            #expect(try await hub.gatekeeper.visitor(token: token).id == visitor.id)

            // Whoever takes the address back takes the links with it.
            _ = try await hub.stores.conversations.update(
                visitor.id, profile: VisitorProfile(email: "other@example.net"), verifiedUserID: nil,
                at: hub.clock.now)
            let old = try await hub.client.post(Self.path, ["token": .string(link)])
            try old.expectProblem(401, "unauthorized")
        }
    }

    @Test func nothingElseIsALink() async throws {
        try await RestHub.with { hub in
            let (visitor, token) = try await hub.visitor("نورة")
            for text in ["x", token, "\(visitor.id).9999999999999.AAAA"] {
                try await hub.client.post(Self.path, ["token": .string(text)]).expectProblem(401, "unauthorized")
            }
            try await hub.client.post(Self.path, [:]).expectProblem(422, "invalid")
        }
    }
}

import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import RestFacade

/// What must hold of every endpoint, whoever wrote it.
@Suite struct EndpointTests {
    @Test func theRouterHasNoRouteThatNoEndpointDescribes() async throws {
        try await RestHub.with { hub in
            let routes = Set(hub.facade.openRouter(pages: nil).routes.map { "\($0.method) \($0.path)" })
            let described = hub.facade.makeGroups().flatMap(\.endpoints).map { endpoint in
                "\(endpoint.method) \(RouterPath(endpoint.address))"
            }
            #expect(Set(described).count == described.count, "two endpoints have the same address")
            #expect(routes.symmetricDifference(described).isEmpty)
        }
    }

    @Test func namesAreUnique() async throws {
        try await RestHub.with { hub in
            let groups = hub.facade.makeGroups()
            let ids = groups.flatMap(\.endpoints).map(\.id)
            #expect(Set(ids).count == ids.count)
            #expect(Set(groups.map(\.title)).count == groups.count)
        }
    }

    @Test func everyWriteIsGuarded() async throws {
        try await RestHub.with { hub in
            for endpoint in hub.facade.makeGroups().flatMap(\.endpoints) where endpoint.isStrict {
                #expect(!endpoint.answers.isEmpty, "\(endpoint.id) answers nothing")
                let names = endpoint.pathParameters
                #expect(Set(names).count == names.count, "\(endpoint.id)")
                if endpoint.method == .patch { #expect(endpoint.isConditional, "\(endpoint.id) takes no If-Match") }
            }
        }
    }
}

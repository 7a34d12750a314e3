import Domain
import Hummingbird

/// One request to an endpoint, whoever sent it.
struct Visit: Sendable {
    let request: Request
    let context: RestContext
    /// Of the client, as far as proxies are trusted; nil when the connection is gone already.
    let address: NetworkAddress?
    let query: Members
    let body: Members
    let at: Timestamp

    /// For the audit log.
    var origin: RequestOrigin { RequestOrigin(address: address, requestID: context.requestID) }

    /// What stands for `{name}` in the path. Throws `not_found` for what is no id.
    func id<Kind>(_ name: String, as type: ID<Kind>.Type = ID<Kind>.self) throws -> ID<Kind> {
        guard let id = ID<Kind>(try context.parameters.require(name)) else {
            throw HubError.notFound("there is no such \(name)")
        }
        return id
    }
}

import Actors
import Domain
import Integrations
import Storage

/// Who may come in: tokens, and what they stand for.
struct AccessParts {
    let secrets: RandomSecretTokens
    let accessTokens: JWTAccessTokens
    let gatekeeper: Gatekeeper

    init(_ hub: HubContext) async {
        let limits = hub.limits
        secrets = RandomSecretTokens(secret: hub.prepared.secret)
        accessTokens = await JWTAccessTokens(secret: hub.prepared.secret, lifetime: limits.accessTokenLifetime)
        gatekeeper = Gatekeeper(
            users: hub.stores.users,
            tokens: hub.stores.tokens,
            conversations: hub.stores.conversations,
            accessTokens: accessTokens,
            secrets: secrets,
            recent: RecentVisitors(capacity: limits.maxRecentVisitors, lifetime: limits.recentVisitorLifetime),
            now: hub.now
        )
    }
}

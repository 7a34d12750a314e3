import Actors
import Domain
import RestFacade
import Storage

/// How people log in and keep their accounts.
struct LoginParts {
    let login: LoginService
    let passwords: PasswordService
    let people: PeopleResources

    init(_ hub: HubContext, _ access: AccessParts, _ sessions: SessionDirectory) {
        let (limits, stores) = (hub.limits, hub.stores)
        let throttle = LoginThrottle(LoginLimits(limits))
        let audit = LoginAudit(log: stores.audit, now: hub.now)
        login = LoginService(
            users: stores.users,
            hasher: hub.prepared.hasher,
            accessTokens: access.accessTokens,
            secrets: access.secrets,
            sessions: sessions,
            throttle: throttle,
            audit: audit,
            refreshLifetime: limits.refreshTokenLifetime,
            now: hub.now
        )
        passwords = PasswordService(
            users: stores.users,
            accounts: stores.accounts,
            hasher: hub.prepared.hasher,
            secrets: access.secrets,
            sessions: sessions,
            throttle: throttle,
            audit: audit,
            now: hub.now
        )
        people = PeopleResources(
            tokens: stores.tokens,
            secrets: access.secrets,
            tokenLimits: APITokenLimits(limits),
            accounts: stores.accounts,
            accountService: AccountService(
                accounts: stores.accounts,
                secrets: access.secrets,
                sessions: sessions,
                limits: AccountLinkLimits(limits),
                publicURL: hub.configuration.publicURL ?? ""
            ),
            teams: stores.teams,
            settings: stores.settings
        )
    }
}

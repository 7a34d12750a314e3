package import Actors
package import Domain

/// What the resources about people, their rights and the shop's settings need.
package struct PeopleResources: Sendable {
    package let tokens: any APITokenStore
    package let secrets: any SecretTokens
    package let tokenLimits: APITokenLimits
    package let accounts: any AccountStore
    package let accountService: AccountService
    package let teams: any TeamStore
    package let settings: any ShopSettingStore

    package init(
        tokens: any APITokenStore,
        secrets: any SecretTokens,
        tokenLimits: APITokenLimits = APITokenLimits(),
        accounts: any AccountStore,
        accountService: AccountService,
        teams: any TeamStore,
        settings: any ShopSettingStore
    ) {
        self.tokens = tokens
        self.secrets = secrets
        self.tokenLimits = tokenLimits
        self.accounts = accounts
        self.accountService = accountService
        self.teams = teams
        self.settings = settings
    }

    var groups: [any EndpointGroup] {
        [
            TokenRoutes(tokens: tokens, secrets: secrets, limits: tokenLimits),
            UserRoutes(accounts: accounts, service: accountService),
            TeamRoutes(teams: teams),
            SettingRoutes(settings: settings),
        ]
    }
}

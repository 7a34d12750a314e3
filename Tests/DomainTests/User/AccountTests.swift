import Domain
import HubTestKit
import Testing

@Suite struct AccountTests {
    private static func account(_ change: (inout Account) -> Void = { _ in }) -> Account {
        var account = Account(Samples.user(1, .admin))
        change(&account)
        return account
    }

    @Test func onlyWhoCanSignInIsAnActiveAdministrator() {
        #expect(Self.account().isActiveAdmin)
        #expect(!Self.account { $0.isInvited = true }.isActiveAdmin)
        #expect(!Self.account { $0.isDisabled = true }.isActiveAdmin)
        #expect(!Self.account { $0.role = .supervisor }.isActiveAdmin)
    }

    @Test func nobodyChangesWhatTheyMayDo() throws {
        let old = Self.account()
        for new in [Self.account { $0.role = .agent }, Self.account { $0.isDisabled = true }] {
            #expect(throws: HubError.self) { try new.check(changedFrom: old, by: old.id) }
            try new.check(changedFrom: old, by: .sample(2))
            #expect(new.endsSessions(of: old))
        }
        let renamed = Self.account { $0.name = "x" }
        try renamed.check(changedFrom: old, by: old.id)
        #expect(!renamed.endsSessions(of: old))
        #expect(!old.endsSessions(of: Self.account { $0.isDisabled = true }), "to be enabled ends nothing")
    }

    @Test func aLinkHidesItsTokenFromServers() {
        let address = AccountLink.address(under: "https://chat.example", .reset, token: "x")
        #expect(address == "https://chat.example/password#reset=x")
    }
}

import Testing

@testable import Domain

@Suite struct IntegrationValuesTests {
    private static let environment = ["authorization_token": "from-env", "api_url": "https://env.example"]

    @Test func whatIsStoredCountsMostAndWhatIsUsualLeast() {
        let values = IntegrationValues(
            .zid, stored: ["authorization_token": "stored"], environment: Self.environment)
        #expect(values["authorization_token"] == "stored" && values.source(of: "authorization_token") == .stored)
        #expect(values["api_url"] == "https://env.example" && values.source(of: "api_url") == .environment)
        #expect(values["store_id"] == nil && values.source(of: "store_id") == nil)
        #expect(values.missing == ["manager_token"] && values.isTouched)
        let usual = IntegrationValues(.zid, stored: [:], environment: [:])
        #expect(usual["api_url"] == "https://api.zid.sa/v1" && !usual.isTouched)
    }

    @Test func whatIsTriedKeepsMaskedSecrets() throws {
        let values = IntegrationValues(
            .zid, stored: ["authorization_token": "stored", "store_id": "1"], environment: Self.environment)
        let edit = try IntegrationEdit(
            ["authorization_token": "••••", "manager_token": "tried"], for: .zid)
        let tried = values.trying(edit, environment: Self.environment)
        #expect(tried["authorization_token"] == "stored" && tried["manager_token"] == "tried")
        #expect(tried["store_id"] == nil && tried["api_url"] == "https://env.example")
        #expect(tried.missing.isEmpty)
    }

    @Test func aMaskOfTheEnvironmentKeepsTheEnvironment() throws {
        let values = IntegrationValues(.zid, stored: [:], environment: Self.environment)
        let tried = values.trying(
            try IntegrationEdit(["authorization_token": "••••"], for: .zid), environment: Self.environment)
        #expect(tried["authorization_token"] == "from-env" && tried.source(of: "authorization_token") == .environment)
    }

    @Test func theyPrintNoSecret() {
        let values = IntegrationValues(.zid, stored: ["authorization_token": "stored"], environment: [:])
        var dumped = ""
        dump(values, to: &dumped)
        #expect(!"\(values) \(String(reflecting: values)) \(dumped)".contains("stored"))
    }
}

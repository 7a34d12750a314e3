import Testing

@testable import Domain

@Suite struct IntegrationEditTests {
    private static func problems(_ values: [String: String?], _ type: IntegrationType = .zid) -> [String] {
        do {
            _ = try IntegrationEdit(values, for: type)
            return []
        } catch {
            return error.fields.map { "\($0.field) \($0.code)" }
        }
    }

    @Test func everyFieldIsKeptSetOrCleared() throws {
        let edit = try IntegrationEdit(
            ["authorization_token": "••••abcd", "manager_token": "new-token", "api_url": "", "store_id": nil], for: .zid
        )
        #expect(edit.changes.keys.sorted() == IntegrationType.zid.fields.map(\.name).sorted())
        #expect(edit.changes["authorization_token"] == .keep && edit.changes["manager_token"] == .set("new-token"))
        #expect(edit.changes.filter { $0.value != .clear }.count == 2)
    }

    @Test func aMaskIsOnlyAMaskForASecret() throws {
        let edit = try IntegrationEdit(["model": "••••", "api_key": "••••"], for: .openAI)
        #expect(edit.changes["model"] == .set("••••") && edit.changes["api_key"] == .keep)
    }

    @Test func whatTheHubSaysStaysUntilItIsVoid() throws {
        let masks = ["authorization_token": "••••", "manager_token": "••••", "refresh_token": "••••"]
        let end = ZidKeyLife.endField
        #expect(try IntegrationEdit(masks, for: .zid).changes[end] == .keep)
        #expect(try IntegrationEdit(masks.merging([end: "2030-01-01"]) { $1 }, for: .zid).changes[end] == .keep)
        for name in masks.keys {
            #expect(try IntegrationEdit(masks.merging([name: "another"]) { $1 }, for: .zid).changes[end] == .clear)
            #expect(try IntegrationEdit(masks.filter { $0.key != name }, for: .zid).changes[end] == .clear)
        }
    }

    @Test(arguments: [
        (["nonsense": "x"], IntegrationType.zid, "/values/nonsense unknown"),
        (["store_id": "12a"], .zid, "/values/store_id format"),
        (["api_url": "ftp://zid"], .zid, "/values/api_url format"),
        (["api_url": "https://user:pass@zid.sa"], .zid, "/values/api_url format"),
        (["api_url": "https:///path"], .zid, "/values/api_url format"),
        (["manager_token": "two words"], .zid, "/values/manager_token format"),
        (["manager_token": "line\nbreak"], .zid, "/values/manager_token format"),
        (["manager_token": String(repeating: "x", count: 4001)], .zid, "/values/manager_token too_long"),
        (["from_number": "0500000000"], .sms, "/values/from_number format"),
        (["from_email": "nobody"], .email, "/values/from_email format"),
    ])
    func whatIsWrongIsSaid(_ values: [String: String], _ type: IntegrationType, _ wanted: String) {
        #expect(Self.problems(values, type) == [wanted])
    }

    @Test func problemsNeverHoldTheValue() {
        do {
            _ = try IntegrationEdit(["manager_token": "secret value"], for: .zid)
            Issue.record("it was taken")
        } catch {
            #expect(!"\(error)".contains("secret value"))
        }
    }

    @Test(arguments: IntegrationType.allCases) func fieldsAreWellFormed(_ type: IntegrationType) {
        #expect(Set(type.fields.map(\.name)).count == type.fields.count)
        #expect(type.fields.contains { $0.isRequired })
        for field in type.fields {
            #expect(!field.label.ar.isEmpty && !field.label.en.isEmpty)
            if let standard = field.standard { #expect(field.problem(with: standard, at: "") == nil) }
            #expect(!field.isSecret || field.standard == nil)
        }
    }
}

import Domain
import HubTestKit
import Testing

@Suite struct VisitorProfileTests {
    @Test func trimsEveryMember() throws {
        let profile = try VisitorProfile(
            name: "  سارة \n", email: " a@b.c", phone: "+966 5 ", locale: "ar", page: "\t/shop ")
        #expect(profile.name == "سارة")
        #expect(profile.email == "a@b.c")
        #expect(profile.phone == "+966 5")
        #expect(profile.locale == "ar")
        #expect(profile.page == "/shop")
        #expect(!profile.isEmpty)
    }

    @Test func blankIsNothing() throws {
        #expect(try VisitorProfile().isEmpty)
        #expect(try VisitorProfile(name: " ", email: "", phone: "\n", locale: "\u{A0}", page: "  ").isEmpty)
    }

    @Test func eachMemberAloneIsSomething() throws {
        #expect(try !VisitorProfile(name: "x").isEmpty)
        #expect(try !VisitorProfile(email: "x").isEmpty)
        #expect(try !VisitorProfile(phone: "x").isEmpty)
        #expect(try !VisitorProfile(locale: "x").isEmpty)
        #expect(try !VisitorProfile(page: "x").isEmpty)
    }

    @Test(arguments: [("name", 100), ("email", 320), ("phone", 320), ("locale", 320), ("page", 2048)])
    func tooLongNamesTheMember(name: String, limit: Int) throws {
        func profile(_ count: Int) throws -> VisitorProfile {
            let text = " " + String(repeating: "س", count: count) + " "
            return try VisitorProfile(
                name: name == "name" ? text : nil,
                email: name == "email" ? text : nil,
                phone: name == "phone" ? text : nil,
                locale: name == "locale" ? text : nil,
                page: name == "page" ? text : nil
            )
        }
        _ = try profile(limit)
        #expect(throws: HubError.badRequest("profile.\(name) is longer than \(limit) characters")) {
            try profile(limit + 1)
        }
    }

    @Test func namelessVisitorHasAName() throws {
        let visitor = Visitor(
            id: .sample(1), room: .sample(1), profile: try VisitorProfile(), verifiedUserID: nil,
            createdAt: Samples.start)
        #expect(visitor.participant == Participant(kind: .visitor, id: VisitorID.sample(1).text, name: "زائر"))
    }
}

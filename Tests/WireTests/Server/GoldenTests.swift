import Domain
import Foundation
import HubTestKit
import NIOCore
import Testing

@testable import Wire

@Suite struct GoldenTests {
    @Test(arguments: GoldenMessages.all)
    func messageIsAsCommitted(message: GoldenMessages.Message) throws {
        try Golden.expect(message.name, message.frame)
    }

    @Test func everyFileBelongsToAMessage() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Golden.folder.path())
        let names = Set(GoldenMessages.all.map { $0.name + ".json" })
        #expect(Set(files).subtracting(names).isEmpty)
        #expect(names.count == GoldenMessages.all.count)
    }

    /// What a client can read at all: one object on one line, without a key twice.
    @Test(arguments: GoldenMessages.all)
    func messageIsStrictJSON(message: GoldenMessages.Message) throws {
        let text = String(buffer: message.frame)
        let value = try JSONParser.parse(text)
        #expect(value.object != nil)
        #expect(!text.contains("\n"))
    }

    @Test(arguments: GoldenMessages.all.filter { $0.audience == .customer })
    func customersSeeNothingOfStaffButANameAndNothingOfTheSide(message: GoldenMessages.Message) {
        let text = String(buffer: message.frame)
        for secret in [
            Samples.agent.id, Samples.colleague.id, UserID.sample(1).text, TeamID.sample(4).text, Samples.side.text,
            "@", "u_0", "t_0", "anchor",
        ] {
            #expect(!text.contains(secret), "\(message.name) shows \(secret)")
        }
    }

    @Test func staffAreAgentsInEveryCustomerFrame() throws {
        for message in GoldenMessages.all where message.audience == .customer {
            for who in Self.people(in: try JSONParser.parse(String(buffer: message.frame)))
            where who["kind"]?.string == "staff" {
                #expect(who["id"]?.string == "agent", "\(message.name)")
                let members = Set((who.object ?? [:]).keys)
                #expect(members.isSubset(of: ["kind", "id", "name", "state"]), "\(message.name)")
            }
        }
    }

    private static func people(in value: JSONValue) -> [JSONValue] {
        switch value {
        case .null, .bool, .integer, .number, .string: []
        case .array(let elements): elements.flatMap(people)
        case .object(let members): (members["kind"] == nil ? [] : [value]) + members.values.flatMap(people)
        }
    }
}

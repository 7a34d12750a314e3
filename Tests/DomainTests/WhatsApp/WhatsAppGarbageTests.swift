import Domain
import HubTestKit
import Testing

/// Deliveries that nobody should send: read without a crash, and without losing an item.
@Suite struct WhatsAppGarbageTests {
    private static let received = Timestamp(milliseconds: 1_790_000_000_000)

    @Test func everyCutOfADeliveryIsReadOrRefused() throws {
        let body = Array(MetaExamples.delivery(try #require(MetaExamples.messages["contacts"])).utf8)
        for length in 0..<body.count {
            #expect(throws: JSONParseError.self) {
                try WhatsAppDelivery(body: Array(body[..<length]), receivedAt: Self.received)
            }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func damagedBytesNeverCrash(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var read = 0
        for message in MetaExamples.messages.values.sorted() {
            let body = Array(MetaExamples.delivery(message).utf8)
            for _ in 0..<60 {
                var damaged = body
                for _ in 0...Int.random(in: 0..<4, using: &random) {
                    damaged[Int.random(in: damaged.indices, using: &random)] = .random(in: 0...255, using: &random)
                }
                guard let delivery = try? WhatsAppDelivery(body: damaged, receivedAt: Self.received) else { continue }
                read += 1
                for item in delivery.items {
                    #expect(WhatsAppDelivery(item.source, receivedAt: Self.received).items == [item])
                }
            }
        }
        #expect(read > 0)
    }

    /// Every value of a delivery in turn is taken out, or another put in its place.
    @Test(arguments: MetaExamples.messages.keys.sorted())
    func everyValueMayBeMissingOrWrong(_ name: String) throws {
        let delivery = try JSONParser.parse(MetaExamples.delivery(try #require(MetaExamples.messages[name])))
        let wrong: [JSONValue] = [.null, 7, "x", [], [:], true, [[1]], .number(0.5)]
        var count = 0
        for value in wrong {
            for mutant in delivery.replacingEach(with: value) {
                count += 1
                let items = WhatsAppDelivery(mutant, receivedAt: Self.received).items
                for item in items {
                    #expect(WhatsAppDelivery(item.source, receivedAt: Self.received).items == [item])
                    if case .message(let message) = item.content { _ = message.content.body }
                }
            }
        }
        #expect(count > 100)
    }
}

extension JSONValue {
    /// Copies of this, each with another one of its values replaced.
    fileprivate func replacingEach(with value: JSONValue) -> [JSONValue] {
        var mutants = [value]
        switch self {
        case .null, .bool, .integer, .number, .string: break
        case .array(let elements):
            for index in elements.indices {
                for mutant in elements[index].replacingEach(with: value) {
                    var copy = elements
                    copy[index] = mutant
                    mutants.append(.array(copy))
                }
            }
        case .object(let members):
            for (key, member) in members {
                for mutant in member.replacingEach(with: value) {
                    mutants.append(.object(members.merging([key: mutant]) { $1 }))
                }
            }
        }
        return mutants
    }
}

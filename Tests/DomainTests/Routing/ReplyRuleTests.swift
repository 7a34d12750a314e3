import Domain
import HubTestKit
import Testing

@Suite struct ReplyRuleTests {
    private static let log: [ReplyRule.Message] = [
        .init(1, by: .visitor), .init(2, by: .assistant), .init(3, by: .visitor), .init(5, by: .staff),
        .init(6, by: .system), .init(8, by: .contact),
    ]
    private static let owned = Ownership(.agent(.sample(1)), epoch: 4)
    private static let bot = Ownership(.assistant, epoch: 2)

    @Test(arguments: [
        (Samples.agent, 8 as SequenceNumber?, nil as Int64?, owned, ReplyRule.Outcome.accepted),
        (Samples.agent, 99, nil, owned, .accepted),
        (Samples.agent, 6, nil, owned, .outdated([8])),
        (Samples.agent, 2, nil, owned, .outdated([3, 8])),
        (Samples.agent, 0, nil, owned, .outdated([1, 3, 8])),
        // A client that does not say what it saw is not held up.
        (Samples.agent, nil, nil, owned, .accepted),
        (Samples.agent, 8, 4, owned, .accepted),
        (Samples.agent, 8, 3, owned, .notOwner(owned)),
        // A colleague may answer, too, unless they say under which epoch.
        (Samples.colleague, 8, nil, owned, .accepted),
        (Samples.assistant, 8, 2, bot, .accepted),
        (Samples.assistant, 3, 2, bot, .outdated([8])),
        (Samples.assistant, 8, 1, bot, .notOwner(bot)),
        (Samples.assistant, 8, nil, bot, .notOwner(bot)),
        (Samples.assistant, 8, 4, owned, .notOwner(owned)),
        // Whoever is served is never told to read first.
        (Samples.visitor, 0, nil, owned, .accepted),
        (Participant.hub, 8, nil, owned, .accepted),
    ])
    func everyAuthor(
        _ author: Participant,
        _ seen: SequenceNumber?,
        _ epoch: Int64?,
        _ ownership: Ownership,
        _ outcome: ReplyRule.Outcome
    ) {
        let reply = ReplyRule.Reply(author: author, seen: seen, epoch: epoch)
        #expect(ReplyRule.decide(reply, newer: Self.log, ownership: ownership) == outcome)
    }

    @Test func whoMissedAThousandIsToldTheFirst() {
        let messages = (1...1000 as ClosedRange<Int64>).map { ReplyRule.Message(SequenceNumber($0), by: .visitor) }
        let reply = ReplyRule.Reply(author: Samples.agent, seen: 0)
        let told = (1...Int64(ReplyRule.maxTold)).map { SequenceNumber($0) }
        #expect(ReplyRule.decide(reply, newer: messages, ownership: Self.owned) == .outdated(told))
    }
}

import Domain
import HubTestKit
import NIOCore
import Testing

@testable import Wire

@Suite struct EncodedPushTests {
    private static let authors: [Participant] = [
        Samples.visitor, Samples.agent, Samples.assistant, .hub,
        Participant(kind: .contact, id: "+966500000000", name: "ليلى"),
    ]

    /// Sharing one text must never show a customer what another encoding would have hidden.
    @Test(arguments: Samples.contents, authors)
    func sharedTextIsWhatEachAudienceWouldGet(content: EventContent, author: Participant) {
        let event = Samples.event(3, content, by: author)
        let push = EncodedPush(event, customersMaySee: true)
        for audience in Audience.allCases {
            #expect(push[audience] == ByteBuffer.json { EventEncoder.write(event, for: audience, into: &$0) })
        }
    }

    @Test(arguments: Samples.contents)
    func roomsWithoutCustomersHaveOneText(content: EventContent) {
        let push = EncodedPush(Samples.event(3, content, by: Samples.agent, anchor: 9), customersMaySee: false)
        #expect(push.staff == push.customer)
    }
}

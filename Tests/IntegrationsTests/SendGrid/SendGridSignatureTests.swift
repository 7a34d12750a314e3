import Domain
import Testing

@testable import Integrations

/// The vector of SendGrid's own helpers.
@Suite struct SendGridSignatureTests {
    private static let key =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g=="
    private static let signature =
        "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM="
    private static let body = Array(
        (#"[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","#
            + #""sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","#
            + #""sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","#
            + #""smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]"# + "\r\n")
            .utf8)
    private static let sentAt = Timestamp(milliseconds: 1_600_112_502_000)

    private func isGood(
        _ signature: String = signature,
        _ timestamp: String = "1600112502",
        _ body: [UInt8] = body,
        at moment: Timestamp = sentAt
    ) throws -> Bool {
        try SendGridSignature(publicKey: Self.key).isGood(signature, timestamp: timestamp, body: body, at: moment)
    }

    @Test func theVectorIsGood() throws {
        #expect(try isGood())
        #expect(SendGridEvent.all(in: Self.body)?.first?.problem != nil)
    }

    @Test func anythingElseIsNot() throws {
        #expect(try !isGood(Self.signature, "1600112503"))
        #expect(try !isGood(Self.signature, "1600112502", Self.body.dropLast(2)))
        #expect(try !isGood(Self.signature, "+1600112502"))
        for signature in ["", "x", "MEUC", String(Self.signature.reversed())] { #expect(try !isGood(signature)) }
    }

    @Test func anOldOneIsNot() throws {
        #expect(try isGood(at: Self.sentAt + .seconds(300)) && isGood(at: Self.sentAt - .seconds(300)))
        #expect(try !isGood(at: Self.sentAt + .seconds(301)))
        #expect(try !isGood(at: Self.sentAt - .seconds(301)))
    }

    @Test func aKeyThatIsNoneIsRefused() {
        for key in ["", "x", "MFkw", Self.signature] {
            #expect(throws: HubError.self) { try SendGridSignature(publicKey: key) }
        }
    }
}

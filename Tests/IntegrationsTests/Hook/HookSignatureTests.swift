import Domain
import Testing

@testable import Integrations

@Suite struct HookSignatureTests {
    private static let known = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private func headers(_ secrets: [HookSecret]) -> [String: String] {
        let headers = HookSignature(secrets).headers(
            for: #"{"test": 2432232314}"#, id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: Timestamp(milliseconds: 1_614_265_330_999))
        return Dictionary(uniqueKeysWithValues: headers)
    }

    /// The example that libraries for Standard Webhooks are tested with.
    @Test func itIsTheOneOfThePublicScheme() throws {
        let headers = headers([try #require(HookSecret(Self.known))])
        #expect(headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek")
        #expect(headers["webhook-timestamp"] == "1614265330", "whole seconds")
        #expect(headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func whileASecretIsRotatedBothSign() throws {
        let secret = try #require(HookSecret(Self.known))
        let both = try #require(headers([.make(), secret])["webhook-signature"]).split(separator: " ")
        #expect(both.count == 2 && both.allSatisfy { $0.hasPrefix("v1,") })
        #expect(both.last == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }
}

import Testing

@testable import Domain

@Suite struct CompletionRetryTests {
    private static func failure(_ status: Int, _ body: String = "", after: Duration? = nil) -> CompletionFailure {
        CompletionFailure(status: status, body: body, retryAfter: after)
    }

    @Test(
        arguments: [
            (
                400, #"{"error":{"message":"m","code":null,"param":"stream_options"}}"#,
                .badRequest(parameter: "stream_options")
            ),
            (400, #"{"error":{"code":"context_length_exceeded"}}"#, .contextTooLong),
            (401, #"{"error":{"code":"invalid_api_key"}}"#, .badCredential),
            (403, "<html>", .badCredential),
            (404, #"{"detail":"Not Found"}"#, .unknownModel),
            (400, #"{"error":{"code":"model_not_found"}}"#, .unknownModel),
            (408, "", .overloaded), (409, "", .overloaded), (502, "<html>", .overloaded),
            (413, "", .badRequest(parameter: nil)),
            (429, #"{"error":{"code":"rate_limit_exceeded","type":"tokens"}}"#, .tooFast),
            (429, #"{"error":{"code":"insufficient_quota"}}"#, .outOfCredit),
            (429, #"{"error":{"type":"credit_balance_exhausted","code":7}}"#, .outOfCredit),
            (429, #"{"error":"slow down"}"#, .tooFast),
        ] as [(Int, String, CompletionFailure.Kind)])
    func answersAreUnderstood(_ status: Int, _ body: String, _ kind: CompletionFailure.Kind) {
        #expect(Self.failure(status, body).kind == kind)
    }

    @Test func pausesDoubleAndEnd() {
        let retry = CompletionRetry()
        let busy = Self.failure(503)
        func pause(_ retries: Int, _ chance: Double) -> Duration? {
            retry.pause(after: busy, retries: retries, wasShown: false, chance: chance)
        }
        #expect(pause(0, 0) == .milliseconds(500) && pause(0, 1) == .milliseconds(375))
        #expect(pause(1, 0) == .seconds(1) && pause(2, 0) == nil)
        var patient = retry
        patient.maxRetries = 100
        #expect(patient.pause(after: busy, retries: 90, wasShown: false, chance: 0) == .seconds(8))
    }

    @Test func theServersWordCounts() {
        let retry = CompletionRetry()
        func pause(_ after: Duration) -> Duration? {
            retry.pause(after: Self.failure(429, after: after), retries: 0, wasShown: false, chance: 0)
        }
        #expect(pause(.seconds(20)) == .seconds(20) && pause(.milliseconds(1)) == .milliseconds(500))
        #expect(pause(.seconds(120)) == .seconds(120) && pause(.seconds(121)) == nil)
    }

    @Test func whatWasShownIsNeverAskedForAgain() {
        for kind in [CompletionFailure.Kind.truncated, .overloaded, .tooFast, .unreachable] {
            let failure = CompletionFailure(kind)
            let retry = CompletionRetry()
            #expect(retry.pause(after: failure, retries: 0, wasShown: true, chance: 0) == nil)
            #expect(retry.pause(after: failure, retries: 0, wasShown: false, chance: 0) != nil)
        }
        for kind in [CompletionFailure.Kind.badCredential, .outOfCredit, .contextTooLong, .malformed, .unknownModel] {
            #expect(CompletionRetry().pause(after: .init(kind), retries: 0, wasShown: false, chance: 0) == nil)
        }
    }

    @Test func detailsAreBounded() {
        #expect(
            Self.failure(500, #"{"error":{"message":"\#(String(repeating: "x", count: 9000))"}}"#).details.count == 500)
    }
}

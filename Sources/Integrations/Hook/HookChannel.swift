package import Domain
import NIOHTTP1

/// Delivers to systems of the shop what the outbox holds for them.
package struct HookChannel: OutboundChannel {
    private let feed: any HookFeed
    private let vault: any SecretVault
    private let client: OutboundClient
    private let limits: HookLimits
    private let now: @Sendable () -> Timestamp

    /// Of an answer no more is read, and nothing is kept.
    private static let maxAnswerBytes = 64 * 1024

    package init(
        feed: any HookFeed,
        vault: any SecretVault,
        client: OutboundClient,
        limits: HookLimits,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.feed = feed
        self.vault = vault
        self.client = client
        self.limits = limits
        self.now = now
    }

    package func send(_ entry: OutboxEntry) async -> SendOutcome {
        guard case .hook(let delivery) = entry.content else { return .refused(SendRefusal(.permanent, .otherChannel)) }
        let letter: HookLetter
        do {
            guard let found = try await feed.letter(delivery, at: now()) else {
                return .refused(SendRefusal(.permanent, .gone))
            }
            letter = found
        } catch {
            return .notSent(.storeAway)
        }
        guard letter.isWanted else { return .refused(SendRefusal(.permanent, .off)) }
        let start = ContinuousClock.now
        let result = await post(letter)
        let took = ContinuousClock.now - start
        // While the store is away a try is not written down; how it ended is kept until the store is back.
        try? await feed.record(result, of: delivery, took: took, at: now(), patience: limits.patience)
        return result.outcome(entry.id)
    }

    private func post(_ letter: HookLetter) async -> HookResult {
        guard let signature = await signature(letter.secrets) else { return .failed(.unsigned) }
        let headers = signature.headers(for: letter.body, id: letter.event.text, at: now())
        let request = OutboundRequest(
            .POST, letter.url, headers: [("Content-Type", "application/json; charset=utf-8")] + headers,
            body: Array(letter.body.utf8))
        switch await client.send(request, within: limits.timeout, maxBytes: Self.maxAnswerBytes) {
        case .answer(let answer): return .answered(status: answer.status, retryAfter: answer.retryAfter)
        case .failed(let failure, _): return .failed(HookResult.Failure(failure))
        }
    }

    /// Nil when not all can be opened: a signature that its receiver cannot check would be taken for a forgery.
    private func signature(_ secrets: [KeptHookSecret]) async -> HookSignature? {
        guard !secrets.isEmpty else { return nil }
        var opened: [HookSecret] = []
        for kept in secrets {
            guard let text = try? await vault.open(kept.sealed, at: KeptHookSecret.place(of: kept.id)),
                let secret = HookSecret(text)
            else { return nil }
            opened.append(secret)
        }
        return HookSignature(opened)
    }
}

extension HookResult.Failure {
    fileprivate init(_ failure: OutboundFailure) {
        self =
            switch failure {
            case .forbidden: .forbidden
            case .unreachable: .unreachable
            case .untrusted: .untrusted
            case .late: .late
            case .tooLarge: .tooLarge
            case .garbled: .garbled
            }
    }
}

extension OutboxProblem {
    fileprivate static let gone = OutboxProblem(
        StatusMessage(ar: "حُذف النظام المستقبل", en: "The endpoint was removed"))

    fileprivate static let off = OutboxProblem(
        StatusMessage(ar: "النظام المستقبل متوقف", en: "The endpoint is turned off"))
}

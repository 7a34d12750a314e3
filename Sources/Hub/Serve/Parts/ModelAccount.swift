import Actors
import Domain
import Integrations
import Storage

/// The shop's account at a language model.
struct ModelAccount {
    let ledger: UsageLedger
    /// Nil without a key and the name of a model.
    private let client: Replaceable<OpenAIClient?>
    private let hub: HubContext

    init(_ hub: HubContext) {
        self.hub = hub
        let client = Replaceable(Self.client(hub.outside.now, hub))
        self.client = client
        ledger = UsageLedger(
            store: hub.stores.usage, hours: hub.hours, model: client.live.map { $0?.model ?? "" }, now: hub.now,
            logger: hub.logger)
    }

    /// The client as all use it: codes of the shop never reach it.
    var now: Live<(any LanguageModel)?> {
        client.live.map { [hub] client in
            client.map { CodeBlindModel($0, codes: hub.stores.codes, vault: hub.prepared.vault) }
        }
    }

    var isThere: Live<Bool> { client.live.map { $0 != nil } }

    var metrics: any MetricSource { client.live.map { client -> (any MetricSource)? in client } }

    var doorman: AssistantDoorman {
        AssistantDoorman(hours: hub.hours, ledger: ledger, hasModel: isThere, now: hub.now)
    }

    /// Answers that begin from now on come from here; what a server can do is learned anew.
    func renew(_ outside: Outside) { client.replace(with: Self.client(outside, hub)) }

    @Sendable func close() async { await client.now?.close() }

    private static func client(_ outside: Outside, _ hub: HubContext) -> OpenAIClient? {
        guard let key = outside.openAIKey, let model = outside.openAIModel else { return nil }
        var account = OpenAIClient.Account(model: model, key: key.reveal())
        if let url = outside.openAIURL { account.baseURL = url }
        return OpenAIClient(account, logger: hub.logger, now: hub.now)
    }
}

import Actors
import Domain
import Integrations
import Storage

extension HubServer {
    /// Sends what conversations owe. Without an account it says so in the messages it cannot send.
    func outboxRelay(
        _ stores: StoreSet,
        blobs: any BlobStore,
        gateway: any RoomGateway,
        client: WhatsAppClient?,
        bell: WakeUps
    ) -> OutboxRelay {
        var channels: [Conversation.Channel: any OutboundChannel] = [:]
        if let client {
            channels[.whatsapp] = WhatsAppChannel(
                client: client, book: stores.addressBook, attachments: stores.attachments, blobs: blobs)
        }
        return OutboxRelay(
            outbox: stores.outbox,
            channels: channels,
            reporter: RoomReporter(gateway: gateway),
            limits: OutboxLimits(configuration.limits),
            settings: OutboxRelaySettings(configuration.limits),
            bell: bell,
            now: now,
            logger: logger
        )
    }

    /// What may be sent outside the 24 hours; nothing without an account.
    func templateShelf(_ client: WhatsAppClient?) -> TemplateShelf {
        let source = client.flatMap { client in
            configuration.outside.whatsAppBusinessID.map { WhatsAppTemplates(client: client, business: $0) }
        }
        return TemplateShelf(source: source, interval: configuration.limits.templateInterval, logger: logger)
    }

    /// Shows customers that staff read and write; nil without an account.
    func whatsAppSigns(_ stores: StoreSet, client: WhatsAppClient?) -> WhatsAppSigns? {
        guard let client else { return nil }
        return WhatsAppSigns(
            channel: client,
            people: stores.whatsApp,
            perSecond: Double(configuration.limits.signsPerSecond),
            now: now
        )
    }

    func whatsAppClient() -> WhatsAppClient? {
        let outside = configuration.outside
        guard let token = outside.whatsAppToken, let number = outside.whatsAppPhoneID else { return nil }
        var account = WhatsAppClient.Account(number: number, token: token.reveal())
        if let url = outside.whatsAppURL { account.baseURL = url }
        let limits = configuration.limits
        return WhatsAppClient(account, timeout: limits.outboxTimeout, uploadTimeout: limits.outboxUploadTimeout)
    }
}

extension AppendResult {
    /// Whether a relay should look what is owed now.
    var mayOwe: Bool { room?.conversation?.channel == .whatsapp }
}

extension OutboxLimits {
    init(_ limits: Limits) {
        self.init()
        maxAttempts = Int64(limits.outboxAttempts)
        firstPause = limits.outboxPause
        probePause = limits.outboxProbePause
        lease = max(limits.outboxLease, limits.outboxTimeout + limits.outboxUploadTimeout)
        settleTime = limits.outboxSettleTime
        maxAge = limits.outboxMaxAge
        pairBurst = Double(limits.outboxPairBurst)
        numberPerSecond = Double(limits.outboxPerSecond)
        breakerFailures = Int64(limits.outboxBreaker)
    }
}

extension OutboxRelaySettings {
    init(_ limits: Limits) {
        self.init()
        maxUnderWay = limits.outboxWidth
        interval = limits.outboxInterval
    }
}

import Actors
import Domain
import Logging
import NIOPosix
import RestFacade
import ServiceLifecycle
import Storage
import Transport
import UnixSignals

/// The serving hub: makes every part, hands each what it needs, and runs them until it is told to stop.
struct HubServer {
    let configuration: HubConfiguration
    private let logger = Logger(label: "hub")
    private let now: @Sendable () -> Timestamp = { .present }

    /// Prepares everything and serves until SIGTERM or SIGINT.
    static func run(configuration: HubConfiguration) async throws {
        try await HubServer(configuration: configuration).serve()
    }

    private func serve() async throws {
        // Before the database is waited for: a wrong file is told at once.
        let tls = try configuration.tls?.identity()
        if let tls { CertificateReport(tls, now: now()).log("TLS is on", to: logger) }
        let prepared = try await Preparation(configuration: configuration, logger: logger, now: now).run()
        do {
            try await services(prepared, tls.map(TLSDoor.init)).run()
        } catch {
            await prepared.stores.close()
            throw error
        }
        await prepared.stores.close()
    }

    /// In the order of their dependency: what is listed later stops first.
    ///
    /// So sockets are drained while everything behind them still works, and the last commit is done before the store
    /// closes.
    private func services(_ prepared: Preparation.Outcome, _ tls: TLSDoor?) async throws -> ServiceGroup {
        let integrations = try await IntegrationParts(configuration, prepared, now: now)
        let hub = HubContext(
            configuration: configuration, prepared: prepared, outside: integrations.outside, group: .singleton,
            logger: logger, now: now)
        let access = await AccessParts(hub)
        let account = WhatsAppAccount(hub)
        let model = ModelAccount(hub)
        let messaging = try await MessagingParts(hub, access.gatekeeper, account, model)
        let logins = LoginParts(hub, access, messaging.sessions)
        let shop = try await ShopParts(hub, gateway: messaging.rooms, model, integrations.desk)
        let accounts = OutletAccounts(hub, integrations)
        let mail = try MailParts(hub, access, messaging, accounts)
        let outlets = OutletParts(hub, accounts, messaging, mail: mail)
        let whatsApp = WhatsAppParts(hub, account, messaging, others: outlets.channels, blobs: shop.blobs)
        let hooks = HookParts(hub, integrations, messaging)
        let zid = ZidParts(hub, integrations, messaging, shop, mail: mail)
        let desk = DeskParts(hub, messaging, mail, model)
        let knowledge = KnowledgeParts(hub, model, hubName: messaging.node)
        let assistant = AssistantParts(hub, messaging, shop, model, account, knowledge)
        let doors = DoorParts(hub, messaging, tls: tls)
        let requests = RequestMetrics()
        let alerts = hub.alerts(integrations, messaging, accounts, mail, requests)
        let renewal = ServiceRenewal(
            whatsApp: account, model: model, knowledge: knowledge, outlets: accounts, zid: zid, relay: whatsApp.relay)
        let facade = hub.facade(
            access: access, messaging: messaging, logins: logins, shop: shop, whatsApp: whatsApp, zid: zid, desk: desk,
            assistant: assistant, knowledge: knowledge, outlets: outlets, hooks: hooks, doors: doors,
            alerts: alerts, requests: requests)
        let server = doors.server(facade.router(pages: try StaticPages(directory: WebDirectory.locate())))
        messaging.lanes.startClocks()

        var list: [any Service] = [
            ClientCloser([account.close, model.close, knowledge.close])
        ]
        list += [messaging.commits, messaging.inbox, messaging.feed, messaging.mentions, messaging.routing]
        list.append(housekeeper(hub, shop))
        list += whatsApp.services + outlets.services + hooks.services + zid.services
        list += knowledge.services
        list += [desk.keeper, model.ledger, assistant.desk]
        list += mail.services
        list.append(alerts)
        list.append(integrations.keeper(hub) { await renewal.renew($0, $1) })
        list += [server, doors.drain]
        if let reload = await certificateReload(tls) { list.append(reload) }
        var services = ServiceGroupConfiguration(
            services: list,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // The backstop: what has not ended by then is cut off.
        services.maximumGracefulShutdownDuration = hub.limits.drainLimit + .seconds(10)
        return ServiceGroup(configuration: services)
    }

    private func housekeeper(_ hub: HubContext, _ shop: ShopParts) -> Housekeeper {
        let (stores, limits) = (hub.stores, hub.limits)
        return Housekeeper(
            [
                .forgetAnswers(stores.answers, olderThan: limits.idempotencyLifetime, now: now),
                .missOverdueGoals(stores.progress, now: now),
                .settleCodes(stores.codes, shop.codes.limits, now: now),
                .cleanImports(stores.codeImports, shop.codes.limits, now: now),
                .removeErasedBlobs(stores.attachments, shop.blobs),
                .tidyWebhooks(stores.webhooks, olderThan: limits.webhookRetention, now: now),
                .tidyHooks(stores.hookFeed, olderThan: limits.hooks.retention, now: now),
                .tidyAlerts(stores.alerts, olderThan: limits.alertRetention, now: now),
            ],
            logger: logger
        )
    }

    private func certificateReload(_ door: TLSDoor?) async -> CertificateReload? {
        guard let files = configuration.tls, let door else { return nil }
        let signals = await UnixSignalsSequence(trapping: .sighup)
        return CertificateReload(files: files, door: door, signals: signals, logger: logger, now: now)
    }
}

import Actors
import Domain
import Foundation
import RestFacade
import Storage

extension HubContext {
    /// Watches over queues, integrations, disk and requests, and tells people.
    func alerts(
        _ integrations: IntegrationParts,
        _ messaging: MessagingParts,
        _ accounts: OutletAccounts,
        _ mail: MailParts,
        _ requests: RequestMetrics
    ) -> AlertKeeper {
        var settings = AlertSettings(configuration)
        let (desk, recipients) = (mail.desk, configuration.alertEmails)
        settings.outlets = accounts.slack.map { slack in
            AlertOutlets(hasSlack: slack != nil, mailbox: desk.mailbox, recipients: recipients)
        }
        let folder = DataDirectory(path: configuration.dataDirectory)
        return AlertKeeper(
            store: stores.alerts,
            sight: AlertSight(
                integrations: integrations.desk,
                traffic: stores.traffic,
                hooks: stores.hookFeed,
                local: AlertSight.Local(
                    name: "\(ProcessInfo.processInfo.hostName):\(configuration.port)",
                    freeBytes: { folder.freeBytes },
                    requests: { requests.totals }
                ),
                bounds: settings.bounds,
                logger: logger
            ),
            integrations: integrations.desk,
            gateway: messaging.rooms,
            hours: hours,
            bell: messaging.owed,
            settings: settings,
            now: now,
            logger: logger
        )
    }
}

extension AlertSettings {
    fileprivate init(_ configuration: HubConfiguration) {
        self.init()
        let limits = configuration.limits
        interval = limits.alertInterval
        checkInterval = limits.healthCheckInterval
        quiet = configuration.quietHours
        bounds = AlertBounds(limits)
        policy.hold = limits.alertHold
        policy.calm = limits.alertCalm
        policy.urgent = Set(configuration.urgentAlerts)
    }
}

extension AlertBounds {
    fileprivate init(_ limits: Limits) {
        self.init()
        minHealth = Int64(limits.alertMinHealth)
        maxWaiting = Int64(limits.alertMaxQueued)
        maxWait = limits.alertMaxWait
        maxSilence = limits.alertSilence
        minFreeBytes = Int64(limits.alertFreeDiskBytes)
        maxErrorPercent = Int64(limits.alertErrorPercent)
        errorWindow = limits.alertErrorWindow
        minRequests = Int64(limits.alertMinRequests)
    }
}

import Domain
import Logging

/// The settings of one hub, checked: what is in here can be used as it is.
struct HubConfiguration: Sendable {
    enum Database: Sendable, Equatable {
        /// A file in the data directory.
        case sqlite(path: String)
        case postgres(url: SecretText)
    }

    struct TLS: Sendable, Equatable {
        let certificatePath: String
        let keyPath: String
    }

    let host: String
    /// 0 for any free port.
    let port: Int
    let dataDirectory: String
    let database: Database
    /// Nil when it is kept in the data directory.
    let encryptionSecret: SecretText?
    /// Only open what they sealed.
    let retiredSecrets: [SecretText]
    let keys: KeyKeeping
    /// For the first start only.
    let adminEmail: EmailAddress?
    let adminPassword: SecretText?
    /// Without a slash at its end.
    let publicURL: String?
    let allowedOrigins: AllowedOrigins
    let trustedProxies: [NetworkRange]
    /// Where the hub may go although it is private or without TLS.
    let outboundAllow: [OutboundPlace]
    let tls: TLS?
    let logLevel: Logger.Level
    let logFormat: LogFormat
    /// Nil when only administrators read the metrics.
    let metricsToken: SecretText?
    /// Who gets alerts by mail.
    let alertEmails: [EmailAddress]
    /// Nil when alerts come at any hour.
    let quietHours: QuietHours?
    /// Told in quiet hours too.
    let urgentAlerts: [AlertRule]
    let outside: Outside
    let limits: Limits

    init(_ reader: ConfigurationReader) throws(ConfigurationError) {
        host = try reader.value(Settings.host)
        port = try reader.value(Settings.port)
        dataDirectory = try reader.value(Settings.dataDirectory)
        if let url = try reader.value(Settings.databaseURL) {
            database = .postgres(url: url)
        } else {
            database = .sqlite(path: dataDirectory + "/hub.sqlite")
        }
        encryptionSecret = try reader.value(Settings.encryptionSecret)
        retiredSecrets = try reader.value(Settings.retiredSecrets)
        keys = try KeyKeeping(reader)
        adminEmail = try reader.value(Settings.adminEmail)
        adminPassword = try reader.value(Settings.adminPassword)
        publicURL = try reader.value(Settings.publicURL)
        allowedOrigins = try reader.value(Settings.allowedOrigins)
        trustedProxies = try reader.value(Settings.trustedProxies)
        outboundAllow = try reader.value(Settings.outboundAllow)
        tls = try Self.tls(reader)
        logLevel = try reader.value(Settings.logLevel)
        logFormat = try reader.value(Settings.logFormat)
        metricsToken = try reader.value(Settings.metricsToken)
        alertEmails = try reader.value(Settings.alertEmails)
        quietHours = try reader.value(Settings.quietHours)
        urgentAlerts = try reader.value(Settings.urgentAlerts)
        outside = try Outside(reader)
        limits = try reader.limits()
        try limits.checkTogether()
    }

    /// Both files or none.
    private static func tls(_ reader: ConfigurationReader) throws(ConfigurationError) -> TLS? {
        let certificate = try reader.value(Settings.tlsCertificate)
        let key = try reader.value(Settings.tlsKey)
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return TLS(certificatePath: certificate, keyPath: key)
        case (_?, nil): throw missing(Settings.tlsKey, besides: Settings.tlsCertificate)
        case (nil, _?): throw missing(Settings.tlsCertificate, besides: Settings.tlsKey)
        }
    }

    private static func missing(_ absent: Setting<String?>, besides given: Setting<String?>) -> ConfigurationError {
        ConfigurationError(
            name: absent.name,
            problem: "is missing while \(given.name) is given",
            accepted: absent.accepted
        )
    }
}

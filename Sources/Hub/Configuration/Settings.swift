import Domain
import Logging

/// All names of the configuration; the limits among them stand in `Limits`.
///
/// Names of parts that are switched on by their keys (WhatsApp, OpenAI, Zid, mail) are checked like all others.
enum Settings {
    static let all: [any AnySetting] = program + alerts + keyKeepers + outside + Limits.settings

    private static let program: [any AnySetting] = [
        host, port, dataDirectory, databaseURL, encryptionSecret, retiredSecrets, adminEmail, adminPassword, publicURL,
        allowedOrigins, trustedProxies, outboundAllow, tlsCertificate, tlsKey, logLevel, logFormat, metricsToken,
    ]

    // MARK: Where it serves

    static let host = Setting(
        "HOST",
        accepted: "an address or host name to listen on, e.g. 127.0.0.1, 0.0.0.0 or ::",
        standard: "127.0.0.1",
        parse: SettingParser.host
    )

    /// 0 takes any free port, which the banner then tells.
    static let port = Setting(
        "PORT",
        accepted: "a whole number from 0 to 65535",
        standard: 8080,
        parse: { text throws(SettingProblem) in try SettingParser.integer(text, in: 0...65_535) }
    )

    static let publicURL = Setting<String?>(
        "PUBLIC_URL",
        accepted: "the address people use, e.g. https://chat.example.com",
        standard: nil,
        parse: SettingParser.webAddress
    )

    static let allowedOrigins = Setting(
        "ALLOWED_ORIGINS",
        accepted: "origins with commas between, e.g. https://shop.example,https://www.shop.example, or * for all",
        standard: AllowedOrigins.listed([]),
        parse: AllowedOrigins.parse
    )

    static let trustedProxies = Setting<[NetworkRange]>(
        "TRUSTED_PROXIES",
        accepted: "addresses or CIDR ranges with commas between, e.g. 127.0.0.1,10.0.0.0/8,fd00::/8",
        standard: [],
        parse: SettingParser.list(of: SettingParser.networkRange)
    )

    /// Places that may be private and without TLS although somebody typed them into a page.
    static let outboundAllow = Setting<[OutboundPlace]>(
        "OUTBOUND_ALLOW",
        accepted: "hosts with or without a port, with commas between, e.g. 127.0.0.1:8095,erp.internal",
        standard: [],
        parse: SettingParser.list(of: SettingParser.outboundPlace)
    )

    static let tlsCertificate = Setting<String?>(
        "TLS_CERT",
        accepted: "the path of a certificate chain in PEM, together with TLS_KEY",
        standard: nil,
        parse: SettingParser.path
    )

    static let tlsKey = Setting<String?>(
        "TLS_KEY",
        accepted: "the path of the certificate's private key in PEM, together with TLS_CERT",
        standard: nil,
        parse: SettingParser.path
    )

    // MARK: What it keeps

    static let dataDirectory = Setting(
        "DATA_DIR",
        accepted: "the path of a folder",
        standard: "./data",
        parse: { text throws(SettingProblem) in try SettingParser.path(text) ?? text }
    )

    static let databaseURL = Setting<SecretText?>(
        "DATABASE_URL",
        accepted: "nothing for SQLite in DATA_DIR, or postgres://user:password@host:port/database",
        standard: nil,
        isSecret: true,
        parse: SettingParser.secretURL(schemes: ["postgres", "postgresql"])
    )

    static let encryptionSecret = Setting<SecretText?>(
        "ENCRYPTION_SECRET",
        accepted: "32 bytes in base64 (openssl rand -base64 32)",
        standard: nil,
        isSecret: true,
        parse: { text throws(SettingProblem) in try SettingParser.masterSecret(text) }
    )

    /// They open what they sealed, and seal nothing more.
    static let retiredSecrets = Setting<[SecretText]>(
        "ENCRYPTION_SECRET_RETIRED",
        accepted: "earlier values of ENCRYPTION_SECRET with commas between",
        standard: [],
        isSecret: true,
        parse: SettingParser.list(of: SettingParser.masterSecret)
    )

    static let adminEmail = Setting<EmailAddress?>(
        "ADMIN_EMAIL",
        accepted: "an e-mail address",
        standard: nil,
        parse: { text throws(SettingProblem) in try SettingParser.email(text) }
    )

    static let adminPassword = Setting<SecretText?>(
        "ADMIN_PASSWORD",
        accepted: PasswordPolicy.accepted,
        standard: nil,
        isSecret: true,
        parse: SettingParser.password
    )

    // MARK: What it tells

    static let logLevel = Setting(
        "LOG_LEVEL",
        accepted: Logger.Level.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Logger.Level.info,
        parse: { text throws(SettingProblem) in try SettingParser.choice(text, Logger.Level.init(rawValue:)) }
    )

    static let metricsToken = Setting<SecretText?>(
        "METRICS_TOKEN",
        accepted: "a secret of at least 16 characters that a scraper of /metrics shows (openssl rand -hex 32)",
        standard: nil,
        isSecret: true,
        parse: { text throws(SettingProblem) in
            guard text.count >= 16 else { throw SettingProblem("is shorter than 16 characters") }
            return SecretText(try SettingParser.word(text))
        }
    )

    static let logFormat = Setting(
        "LOG_FORMAT",
        accepted: LogFormat.allCases.map(\.rawValue).joined(separator: ", "),
        standard: LogFormat.text,
        parse: { text throws(SettingProblem) in try SettingParser.choice(text, LogFormat.init(rawValue:)) }
    )
}

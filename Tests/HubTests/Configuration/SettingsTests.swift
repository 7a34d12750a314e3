import Testing

@testable import Hub

/// Every setting with values it takes and values it does not.
@Suite struct SettingsTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let good: [String]
        let bad: [String]
        var testDescription: String { name }

        init(_ name: String, good: [String], bad: [String]) {
            self.name = name
            self.good = good
            self.bad = bad
        }
    }

    static let secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    private static let kmsKey = "arn:aws:kms:me-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    private static let webAddresses = ["https://a.example", "http://127.0.0.1:9/v1/", "https://[::1]:8443"]
    private static let noWebAddresses = [
        "a.example", "ftp://a.example", "https://", "https://a.example/?q", "https://a.example/#f",
        "https://u:p@a.example", "https://a b",
    ]

    static let rows = [
        Row(
            "HOST", good: ["127.0.0.1", "0.0.0.0", "::", "[::1]", "localhost", "hub-1.internal"],
            bad: ["a:80", "a b", "a/b"]),
        Row("PORT", good: ["0", "1", "8080", "65535"], bad: ["-1", "65536", "80a", "+80", " 80", "0x50", "٨٠"]),
        Row("DATA_DIR", good: ["./data", "/var/lib/hub", "مجلد"], bad: ["a\u{0}b", "a\nb"]),
        Row(
            "DATABASE_URL",
            good: ["postgres://u:p@h:5432/d", "postgresql:///d?host=/run/postgresql"],
            bad: ["mysql://h/d", "hub.sqlite", "postgres://a b"]
        ),
        Row(
            "ENCRYPTION_SECRET", good: [secret],
            bad: ["c2hvcnQ=", "not base64!", secret + secret, String(secret.dropLast())]),
        Row(
            "ENCRYPTION_SECRET_RETIRED", good: [secret, "\(secret), \(secret)"],
            bad: ["c2hvcnQ=", "\(secret),", "\(secret),hunter2", "\(secret) \(secret)"]),
        Row(
            "ADMIN_EMAIL", good: ["a@b.example", "Admin@localhost"], bad: ["a", "a@", "@b", "a b@c", "a@b@c", "a@.b"]),
        Row(
            "ADMIN_PASSWORD", good: ["12345678", "كلمة السر هنا"],
            bad: ["1234567", "with\u{0}control", String(repeating: "x", count: 1025)]),
        Row("PUBLIC_URL", good: webAddresses, bad: noWebAddresses),
        Row(
            "ALLOWED_ORIGINS",
            good: ["*", "https://a.example", "https://a.example, http://b.example:8080"],
            bad: [
                "https://*.a.example", "a.example", "https://a.example/", "https://a.example,", "*,https://a.example",
                "null",
            ]
        ),
        Row(
            "TRUSTED_PROXIES",
            good: ["127.0.0.1", "10.0.0.0/8,fd00::/8", "0.0.0.0/0", "::1"],
            bad: ["10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "proxy", "10.0.0", "fd00::/129", "10.0.0.0/8,,::1"]
        ),
        Row(
            "OUTBOUND_ALLOW",
            good: ["127.0.0.1:8095", "erp.internal, [::1]:80", "fakes"],
            bad: ["http://erp", "erp:0", "erp:65536", "a,,b", "10.1", "a b", "::1"]
        ),
        Row("TLS_CERT", good: ["/etc/hub/cert.pem"], bad: ["a\tb"]),
        Row("TLS_KEY", good: ["/etc/hub/key.pem"], bad: ["a\tb"]),
        Row("LOG_LEVEL", good: ["trace", "info", "critical"], bad: ["INFO", "verbose", "2"]),
        Row("LOG_FORMAT", good: ["text", "json"], bad: ["JSON", "xml"]),
        Row("METRICS_TOKEN", good: ["0123456789abcdef"], bad: ["0123456789", "0123456789 abcdef"]),
        Row(
            "ALERT_EMAILS", good: ["a@b.example", "a@b.example, c@d.example"], bad: ["a", "a@b.example,,c@d.example"]),
        Row(
            "ALERT_QUIET_HOURS", good: ["23:00-07:00", "00:00-23:59"],
            bad: ["23:00", "24:00-07:00", "07:00-07:00", "7:00-8:00", "07:60-08:00", "07:00-08:00-09:00"]),
        Row(
            "ALERT_URGENT", good: ["free_disk", "error_rate, webhook_silence"], bad: ["disk", "free_disk,,error_rate"]),
        Row("KEYS_PROVIDER", good: ["local", "aws-kms", "vault-transit"], bad: ["kms", "LOCAL"]),
        Row("AWS_KMS_KEY", good: [kmsKey], bad: ["alias/shop", "1234abcd", kmsKey + ":1"]),
        Row("AWS_KMS_KEYS_RETIRED", good: [kmsKey, "\(kmsKey), \(kmsKey)"], bad: ["alias/shop", kmsKey + ",,"]),
        Row("AWS_KMS_URL", good: webAddresses, bad: noWebAddresses),
        Row("AWS_ACCESS_KEY_ID", good: ["AKIDEXAMPLE"], bad: ["a b"]),
        Row("AWS_SECRET_ACCESS_KEY", good: ["wJalr/K7+x="], bad: ["a secret key"]),
        Row("AWS_SESSION_TOKEN", good: ["IQoJ+/="], bad: ["a session token"]),
        Row("VAULT_TRANSIT_KEY", good: ["twocards", "a-b_c.d"], bad: ["a/b", "..", "a b"]),
        Row("VAULT_TRANSIT_MOUNT", good: ["transit", "shop/transit"], bad: ["/transit", "a//b", "../a"]),
        Row("VAULT_ADDR", good: ["https://vault.internal:8200", "http://127.0.0.1:8200"], bad: noWebAddresses),
        Row("VAULT_TOKEN", good: ["hvs.CAESI"], bad: ["a vault token"]),
        Row("VAULT_TOKEN_FILE", good: ["/run/vault/token"], bad: ["a\u{1}b"]),
        Row("VAULT_NAMESPACE", good: ["shop/eu"], bad: ["a b"]),
        Row("VAULT_CACERT", good: ["/etc/ssl/vault.pem"], bad: ["a\u{1}b"]),
        Row("WA_TOKEN", good: ["EAAG123"], bad: ["two words", "line\nbreak"]),
        Row("WA_PHONE_ID", good: ["106540352242922"], bad: ["+966", "12a"]),
        Row("WA_BUSINESS_ID", good: ["102290129340398"], bad: ["+966", "12a"]),
        Row("WA_APP_SECRET", good: ["0123456789abcdef"], bad: ["a b"]),
        Row("WA_VERIFY_TOKEN", good: ["anything-goes"], bad: ["a b"]),
        Row("WA_API_URL", good: webAddresses, bad: noWebAddresses),
        Row("OPENAI_API_KEY", good: ["sk-123"], bad: ["sk 123"]),
        Row("OPENAI_BASE_URL", good: webAddresses, bad: noWebAddresses),
        Row("OPENAI_MODEL", good: ["gpt-4.1-mini"], bad: ["a model"]),
        Row("OPENAI_EMBEDDING_MODEL", good: ["text-embedding-3-small"], bad: ["a model"]),
        Row("ZID_TOKEN", good: ["eyJ.abc"], bad: ["a b"]),
        Row("ZID_MANAGER_TOKEN", good: ["eyJ.abc"], bad: ["a b"]),
        Row("ZID_STORE_ID", good: ["1234"], bad: ["store"]),
        Row("ZID_API_URL", good: webAddresses, bad: noWebAddresses),
        Row(
            "EMAIL_TOKENS",
            good: ["a@b.example=t0ken", "a@b.example=x, c@d.example=y="],
            bad: ["a@b.example", "=x", "a@b.example=", "ab=x", "a@b.example=x,A@b.example=y", "a@b.example=x y"]
        ),
        Row("SMTP_URL", good: ["smtp://u:p@h:587", "smtps://h"], bad: ["h:587", "http://h"]),
        Row("SMTP_CA_FILE", good: ["/etc/ssl/mail.pem"], bad: ["a\u{1}b"]),
    ]

    @Test func theTableOfThisTestIsComplete() {
        #expect(Self.rows.map(\.name) == Settings.all.filter { !($0 is LimitSetting) }.map(\.name))
    }

    @Test(arguments: rows)
    func takesGoodValues(_ row: Row) throws {
        let setting = try #require(Settings.all.first { $0.name == row.name })
        for value in row.good { #expect(throws: Never.self, "\(value)") { try setting.check(value) } }
    }

    @Test(arguments: rows)
    func refusesBadValuesInOneLineThatNamesThem(_ row: Row) throws {
        let setting = try #require(Settings.all.first { $0.name == row.name })
        for value in row.bad {
            let error = try #require(
                throws: ConfigurationError.self,
                "\(value)",
                performing: { try ConfigurationReader(environment: [row.name: value], dotEnv: nil).read() }
            )
            #expect(error.name == row.name)
            #expect(error.accepted == setting.accepted)
            #expect(!error.description.contains { $0.isNewline })
            #expect(error.description.hasPrefix("\(row.name): "))
            if setting.isSecret { #expect(!error.description.contains(value)) }
        }
    }

    /// Names that are read by other programs as well, and none but these, are secret.
    @Test func secretsAreMarked() {
        #expect(
            Settings.all.filter(\.isSecret).map(\.name) == [
                "DATABASE_URL", "ENCRYPTION_SECRET", "ENCRYPTION_SECRET_RETIRED", "ADMIN_PASSWORD", "METRICS_TOKEN",
                "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "VAULT_TOKEN", "WA_TOKEN", "WA_APP_SECRET",
                "WA_VERIFY_TOKEN", "OPENAI_API_KEY", "ZID_TOKEN", "ZID_MANAGER_TOKEN", "EMAIL_TOKENS",
                "SMTP_URL",
            ]
        )
    }

    @Test func namesAreUnique() {
        #expect(Set(Settings.all.map(\.name)).count == Settings.all.count)
    }
}

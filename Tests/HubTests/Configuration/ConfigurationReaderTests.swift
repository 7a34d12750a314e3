import Domain
import Logging
import Testing

@testable import Hub

@Suite struct ConfigurationReaderTests {
    private func read(_ environment: [String: String] = [:], dotEnv: String? = nil) throws -> HubConfiguration {
        try ConfigurationReader(environment: environment, dotEnv: dotEnv).read()
    }

    private func error(_ environment: [String: String] = [:], dotEnv: String? = nil) throws -> String {
        try #require(throws: ConfigurationError.self) { try read(environment, dotEnv: dotEnv) }.description
    }

    @Test func nothingGivenIsTheStandard() throws {
        let configuration = try read()
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8080)
        #expect(configuration.dataDirectory == "./data")
        #expect(configuration.database == .sqlite(path: "./data/hub.sqlite"))
        #expect(configuration.encryptionSecret == nil)
        #expect(configuration.adminEmail == nil && configuration.adminPassword == nil)
        #expect(configuration.publicURL == nil)
        #expect(configuration.allowedOrigins == .listed([]))
        #expect(configuration.trustedProxies.isEmpty)
        #expect(configuration.tls == nil)
        #expect(configuration.logLevel == .info)
        #expect(configuration.logFormat == .text)
        #expect(configuration.limits == Limits())
    }

    @Test func everythingGivenArrives() throws {
        let configuration = try read([
            "HOST": "::1", "PORT": "9", "DATA_DIR": "/d", "DATABASE_URL": "postgres://u:pw@h/d",
            "ENCRYPTION_SECRET": SettingsTests.secret, "ADMIN_EMAIL": "A@B.example", "ADMIN_PASSWORD": "long enough",
            "PUBLIC_URL": "https://c.example/", "ALLOWED_ORIGINS": "HTTPS://S.example:443,http://s.example:81",
            "TRUSTED_PROXIES": "10.0.0.0/8", "TLS_CERT": "c.pem", "TLS_KEY": "k.pem", "LOG_LEVEL": "debug",
            "LOG_FORMAT": "json", "HUB_PRESENCE_GRACE_MS": "1500", "HUB_ACCESS_TOKEN_S": "2",
            "HUB_MAX_FRAME_BYTES": "8192",
        ])
        #expect(configuration.host == "::1")
        #expect(configuration.port == 9)
        #expect(configuration.dataDirectory == "/d")
        #expect(configuration.database == .postgres(url: SecretText("postgres://u:pw@h/d")))
        #expect(configuration.encryptionSecret?.reveal() == SettingsTests.secret)
        #expect(configuration.adminEmail?.text == "a@b.example")
        #expect(configuration.adminPassword?.reveal() == "long enough")
        #expect(configuration.publicURL == "https://c.example")
        #expect(configuration.allowedOrigins == .listed(["https://s.example", "http://s.example:81"]))
        #expect(configuration.trustedProxies == [try #require(NetworkRange("10.0.0.0/8"))])
        #expect(configuration.tls == .init(certificatePath: "c.pem", keyPath: "k.pem"))
        #expect(configuration.logLevel == .debug)
        #expect(configuration.logFormat == .json)
        #expect(configuration.limits.presenceGrace == .milliseconds(1500))
        #expect(configuration.limits.accessTokenLifetime == .seconds(2))
        #expect(configuration.limits.maxFrameBytes == 8192)
    }

    @Test func theEnvironmentWinsOverTheFile() throws {
        #expect(try read(["PORT": "1"], dotEnv: "PORT=2").port == 1)
        #expect(try read(dotEnv: "PORT=2").port == 2)
        // Empty is as good as not given, and takes back what the file says.
        #expect(try read(["PORT": ""], dotEnv: "PORT=2").port == 8080)
        #expect(try read(["DATABASE_URL": ""]).database == .sqlite(path: "./data/hub.sqlite"))
    }

    @Test func errorsSayWhatWhereAndWhatElse() throws {
        let accepted = "accepted: a whole number from 0 to 65535"
        #expect(try error(["PORT": "80a"]) == #"PORT: "80a" is not a whole number (in the environment); "# + accepted)
        #expect(try error(dotEnv: "\nPORT=80a") == #"PORT: "80a" is not a whole number (in .env line 2); "# + accepted)
        #expect(try error(["PORT": "a\nb"]).hasPrefix("PORT: \"a\u{FFFD}b\" is not"))
        #expect(try error(["PORT": String(repeating: "9", count: 999)]).count < 200)
        #expect(
            try error(["HUB_MAX_ERRORS": "0"])
                == #"HUB_MAX_ERRORS: "0" is less than 1 (in the environment); "#
                + "accepted: a whole number from 1 to 10000 (a count), default 20"
        )
    }

    @Test func unknownNamesStopTheStart() throws {
        #expect(
            try error(dotEnv: "PROT=1")
                == "PROT: is no setting of the hub (in .env line 1); "
                + "accepted: PORT, or another of the names in docs/operations.md"
        )
        #expect(
            try error(dotEnv: "QUITE_ANOTHER_THING=1")
                == "QUITE_ANOTHER_THING: is no setting of the hub (in .env line 1); "
                + "accepted: the names in docs/operations.md"
        )
        #expect(try error(["HUB_PNG_MS": "1"]).contains("accepted: HUB_PING_MS, or"))
        #expect(try error(["HUB_": "1"]).hasPrefix("HUB_: is no setting"))
        #expect(try error(dotEnv: "HUB_TEST_X=1").hasPrefix("HUB_TEST_X: is no setting"))
    }

    @Test func othersVariablesAreTheirs() throws {
        #expect(
            try read(["PATH": "/bin", "PROT": "1", "HUB_TEST_POSTGRES_URL": "x", "GITHUB_TOKEN": "x"]).port == 8080)
    }

    @Test func tlsNeedsBothFiles() throws {
        #expect(try error(["TLS_CERT": "c"]).hasPrefix("TLS_KEY: is missing while TLS_CERT is given; accepted: "))
        #expect(try error(["TLS_KEY": "k"]).hasPrefix("TLS_CERT: is missing while TLS_KEY is given; accepted: "))
    }

    @Test func limitsMustFitTogether() throws {
        #expect(
            try error(["HUB_PING_TIMEOUT_MS": "26000"]).hasPrefix("HUB_PING_TIMEOUT_MS: is longer than HUB_PING_MS"))
        #expect(try error(["HUB_STALL_MS": "2000"]).hasPrefix("HUB_LAG_MS: is not shorter than HUB_STALL_MS"))
        #expect(try error(["HUB_TOKEN_WARNING_S": "900"]).hasPrefix("HUB_TOKEN_WARNING_S: is not shorter than"))
        #expect(try read(["HUB_ACCESS_TOKEN_S": "2"]).limits.tokenWarning == .seconds(60))
    }

    @Test func aConfigurationPrintsNoSecret() throws {
        let configuration = try read([
            "DATABASE_URL": "postgres://u:hunter2@h/d", "ADMIN_PASSWORD": "hunter2hunter2",
            "ENCRYPTION_SECRET": SettingsTests.secret,
        ])
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2") && !text.contains(SettingsTests.secret))
            #expect(text.contains("<secret>"))
        }
    }
}

import Testing

@testable import Hub

@Suite struct StartBannerTests {
    private func banner(
        _ environment: [String: String] = [:],
        port: Int = 8080,
        admin: FirstAdmin.Outcome = .notNeeded
    ) throws -> String {
        StartBanner(
            configuration: try ConfigurationReader(environment: environment, dotEnv: nil).read(),
            port: port,
            admin: admin
        ).text
    }

    @Test func namesEveryAddress() throws {
        #expect(
            try banner() == """
                TwoCards Hub \(HubVersion.current)
                  Shop page         http://127.0.0.1:8080/
                  Staff page        http://127.0.0.1:8080/staff
                  Visitors' socket  ws://127.0.0.1:8080/api/v1/chat/ws/public
                  Staff socket      ws://127.0.0.1:8080/api/v1/chat/ws
                  Health            http://127.0.0.1:8080/health and http://127.0.0.1:8080/ready
                  Data              ./data, SQLite at ./data/hub.sqlite

                """
        )
    }

    @Test(arguments: [
        (["HOST": "0.0.0.0"], "http://127.0.0.1:9/"), (["HOST": "::"], "http://[::1]:9/"),
        (["HOST": "::1"], "http://[::1]:9/"), (["HOST": "hub.internal"], "http://hub.internal:9/"),
        (["TLS_CERT": "c", "TLS_KEY": "k"], "https://127.0.0.1:9/"),
        (["PUBLIC_URL": "https://chat.example/"], "https://chat.example/"),
    ])
    func showsWhatABrowserFinds(_ environment: [String: String], _ address: String) throws {
        let text = try banner(environment, port: 9)
        #expect(text.contains("Shop page         \(address)\n"))
        let socket = address.replacing("http", with: "ws", maxReplacements: 1)
        #expect(text.contains("Staff socket      \(socket)api/v1/chat/ws\n"))
    }

    @Test func showsAGeneratedPasswordOnce() throws {
        let text = try banner(admin: .made(email: "admin@localhost", generatedPassword: "abcde-fghij"))
        #expect(text.ranges(of: "abcde-fghij").count == 1)
        #expect(text.contains("admin@localhost"))
    }

    @Test func showsNoGivenPasswordAndNoURL() throws {
        let text = try banner(
            ["ADMIN_PASSWORD": "hunter2hunter2", "DATABASE_URL": "postgres://u:hunter2@h/d"],
            admin: .made(email: "a@b.example", generatedPassword: nil)
        )
        #expect(text.contains("a@b.example") && text.contains("PostgreSQL"))
        #expect(!text.contains("hunter2"))
    }
}

/// Reads the configuration out of environment and `.env`, where the environment wins.
///
/// An empty value is as good as none. What is not known stops the start: every name in `.env`, and those of the
/// environment that begin with `HUB_`. Variables of the test suite (`HUB_TEST_…`) are none of the hub's business.
struct ConfigurationReader {
    static let limitPrefix = "HUB_"
    static let testPrefix = "HUB_TEST_"

    private struct Given {
        let text: String
        /// Completes an error: where a person finds the value.
        let place: String
    }

    private let given: [String: Given]
    private let settings: [any AnySetting]

    /// Throws for a malformed `.env` and for unknown names.
    ///
    /// - Parameter dotEnv: The text of the file; nil when there is none.
    init(
        environment: [String: String],
        dotEnv: String?,
        settings: [any AnySetting] = Settings.all
    ) throws(ConfigurationError) {
        self.settings = settings
        let names = Set(settings.map(\.name))
        var given: [String: Given] = [:]
        for entry in try DotEnv(dotEnv ?? "", file: ".env").entries {
            let place = ".env line \(entry.line)"
            guard names.contains(entry.name) else { throw Self.unknown(entry.name, in: place, names) }
            given[entry.name] = Given(text: entry.value, place: place)
        }
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) {
            if names.contains(name) {
                given[name] = Given(text: text, place: "the environment")
            } else if name.hasPrefix(Self.limitPrefix), !name.hasPrefix(Self.testPrefix) {
                throw Self.unknown(name, in: "the environment", names)
            }
        }
        self.given = given
    }

    /// Everything checked, the settings of parts that are switched off too.
    func read() throws(ConfigurationError) -> HubConfiguration {
        for setting in settings { try checked(setting) }
        return try HubConfiguration(self)
    }

    func value<Value>(_ setting: Setting<Value>) throws(ConfigurationError) -> Value {
        guard let given = given[setting.name], !given.text.isEmpty else { return setting.standard }
        do throws(SettingProblem) {
            return try setting.parse(given.text)
        } catch {
            throw Self.malformed(setting, given, error)
        }
    }

    func limits() throws(ConfigurationError) -> Limits {
        var limits = Limits()
        for setting in Limits.settings {
            guard let given = given[setting.name], !given.text.isEmpty else { continue }
            do throws(SettingProblem) {
                try setting.set(given.text, in: &limits)
            } catch {
                throw Self.malformed(setting, given, error)
            }
        }
        return limits
    }

    private func checked(_ setting: any AnySetting) throws(ConfigurationError) {
        guard let given = given[setting.name], !given.text.isEmpty else { return }
        do throws(SettingProblem) {
            try setting.check(given.text)
        } catch {
            throw Self.malformed(setting, given, error)
        }
    }

    // MARK: Errors

    private static func malformed(
        _ setting: any AnySetting,
        _ given: Given,
        _ problem: SettingProblem
    ) -> ConfigurationError {
        let value = setting.isSecret ? "its value" : quoted(given.text)
        return ConfigurationError(
            name: setting.name,
            problem: "\(value) \(problem.text) (in \(given.place))",
            accepted: setting.accepted
        )
    }

    private static func unknown(_ name: String, in place: String, _ names: Set<String>) -> ConfigurationError {
        let all = "the names in docs/operations.md"
        let closest = Spelling.closest(to: name, among: names)
        return ConfigurationError(
            name: name,
            problem: "is no setting of the hub (in \(place))",
            accepted: closest.map { "\($0), or another of \(all)" } ?? all
        )
    }

    /// On one line and not too long, whatever somebody put there.
    private static func quoted(_ text: String) -> String {
        let maxShown = 40
        let shown = text.unicodeScalars.prefix(maxShown).map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }
        return "\"" + String(String.UnicodeScalarView(shown)) + (text.unicodeScalars.count > maxShown ? "…" : "") + "\""
    }
}

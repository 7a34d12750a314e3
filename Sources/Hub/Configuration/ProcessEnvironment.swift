import Foundation

/// Where this process was told its settings: the only place that reads environment variables and `.env`.
enum ProcessEnvironment {
    static var variables: [String: String] { ProcessInfo.processInfo.environment }

    /// Throws when `.env` is there and cannot be read as UTF-8, too.
    static func configuration() throws(ConfigurationError) -> HubConfiguration {
        try ConfigurationReader(
            environment: variables,
            dotEnv: dotEnv(at: FileManager.default.currentDirectoryPath + "/.env")
        ).read()
    }

    /// Nil when there is no such file.
    static func dotEnv(at path: String) throws(ConfigurationError) -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(name: ".env", problem: "cannot be read", accepted: "a file this user may read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationError(name: ".env", problem: "is not UTF-8", accepted: "a text file in UTF-8")
        }
        return text
    }
}

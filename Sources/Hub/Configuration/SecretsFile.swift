import Foundation
import Integrations

/// `DATA_DIR/secrets.env`: where a hub that is given no `ENCRYPTION_SECRET` keeps the one it made.
///
/// The file has the form of `.env` and is its owner's alone (0600). The hub writes it once and never changes it; its
/// owner may, and may keep earlier secrets in it as `ENCRYPTION_SECRET_RETIRED`.
struct SecretsFile {
    static let name = "secrets.env"

    let path: String

    init(directory: String) {
        path = directory + "/" + Self.name
    }

    /// The secret in the file, which is made when it is missing.
    ///
    /// Of several processes that make it at once, one wins and all get the same secret. Throws
    /// `ConfigurationError` for a file that holds no good secret: it is never overwritten.
    func secret() throws -> MasterSecret {
        if let secret = try existing() { return secret }
        let text = """
            # Made by the hub on its first start. Keep a copy apart from the data: without it, what it
            # protects cannot be read, and every session and signed visitor id becomes void.
            ENCRYPTION_SECRET=\(MasterSecret.makeBase64())

            """
        _ = try DurableFile.create(path, contents: Array(text.utf8))
        guard let secret = try existing() else { throw problem("was taken away while it was made") }
        return secret
    }

    /// Nil when there is no file.
    func existing() throws(ConfigurationError) -> MasterSecret? {
        guard let entries = try entries() else { return nil }
        guard let entry = entries.first(where: { $0.name == Settings.encryptionSecret.name }) else {
            throw problem("is not in \(path)")
        }
        return try secrets(in: entry, Settings.encryptionSecret) { $0.map { [$0] } ?? [] }.first
    }

    /// Earlier secrets that the operator keeps in the file, too.
    func retired() throws(ConfigurationError) -> [MasterSecret] {
        guard let entry = try entries()?.first(where: { $0.name == Settings.retiredSecrets.name }), !entry.value.isEmpty
        else { return [] }
        return try secrets(in: entry, Settings.retiredSecrets) { $0 }
    }

    private func entries() throws(ConfigurationError) -> [DotEnv.Entry]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
        else { throw problem("cannot be read") }
        return try DotEnv(text, file: path).entries
    }

    private func secrets<Value>(
        in entry: DotEnv.Entry,
        _ setting: Setting<Value>,
        _ texts: (Value) -> [SecretText]
    ) throws(ConfigurationError) -> [MasterSecret] {
        do throws(SettingProblem) {
            return try texts(setting.parse(entry.value)).compactMap { try? MasterSecret(base64: $0.reveal()) }
        } catch {
            throw ConfigurationError(
                name: setting.name,
                problem: "its value \(error.text) (in \(path) line \(entry.line))",
                accepted: "\(setting.accepted) in \(path) or the environment"
            )
        }
    }

    /// Whether others than the owner may read or write it; false when there is no file.
    var isOpenToOthers: Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? NSNumber else { return false }
        return mode.intValue & 0o077 != 0
    }

    private func problem(_ text: String) -> ConfigurationError {
        ConfigurationError(
            name: Settings.encryptionSecret.name,
            problem: text,
            accepted: "\(Settings.encryptionSecret.accepted) in \(path) or the environment"
        )
    }
}

import Foundation
import Transport

extension HubConfiguration.TLS {
    /// Reads both files as they are now, and checks that they belong together.
    func identity() throws(ConfigurationError) -> TLSIdentity {
        let certificate = try Self.read(certificatePath, Settings.tlsCertificate)
        let key = try Self.read(keyPath, Settings.tlsKey)
        do throws(TLSProblem) {
            return try TLSIdentity(certificate: certificate, key: key)
        } catch {
            switch error.file {
            case .certificate: throw Self.problem(error.text, certificatePath, Settings.tlsCertificate)
            case .key: throw Self.problem(error.text, keyPath, Settings.tlsKey)
            }
        }
    }

    private static func read(_ path: String, _ setting: Setting<String?>) throws(ConfigurationError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            throw problem(exists ? "cannot be read by this user" : "does not exist", path, setting)
        }
        return [UInt8](data)
    }

    private static func problem(_ text: String, _ path: String, _ setting: Setting<String?>) -> ConfigurationError {
        ConfigurationError(name: setting.name, problem: "\"\(path)\" \(text)", accepted: setting.accepted)
    }
}

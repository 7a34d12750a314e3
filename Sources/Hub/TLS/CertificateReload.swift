import Domain
import Logging
import ServiceLifecycle
import Transport
import UnixSignals

/// Reads the certificate anew on SIGHUP. What cannot be used changes nothing.
struct CertificateReload: Service {
    let files: HubConfiguration.TLS
    let door: TLSDoor
    /// Trapped before the hub serves: an untrapped SIGHUP would end it.
    let signals: UnixSignalsSequence
    let logger: Logger
    let now: @Sendable () -> Timestamp

    func run() async {
        for await _ in signals.cancelOnGracefulShutdown() { reload() }
    }

    private func reload() {
        do throws(ConfigurationError) {
            let identity = try files.identity()
            door.replace(with: identity)
            CertificateReport(identity, now: now()).log("new connections get a new certificate", to: logger)
        } catch {
            logger.error(
                "the certificate was not reloaded; the old one stays",
                metadata: ["error": "\(error.name): \(error.problem)"])
        }
    }
}

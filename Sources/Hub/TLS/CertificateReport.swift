import Domain
import Foundation
import Logging
import Transport

/// What there is to say of a certificate that is about to be served.
struct CertificateReport {
    let names: [String]
    let validity: CertificateValidity
    let now: Timestamp

    init(_ identity: TLSIdentity, now: Timestamp) {
        self.init(names: identity.names, validity: identity.validity, now: now)
    }

    init(names: [String], validity: CertificateValidity, now: Timestamp) {
        self.names = names
        self.validity = validity
        self.now = now
    }

    /// Certificates of Let's Encrypt are renewed when 30 of 90 days are left: with 14 that has failed for a while.
    static let fewDays = 14

    func log(_ event: String, to logger: Logger) {
        let metadata: Logger.Metadata = ["tls.names": "\(namesText)", "tls.until": "\(day(validity.until))"]
        switch validity.state(at: now) {
        case .valid: logger.notice("\(event)", metadata: metadata)
        case .notYet: logger.warning("\(event); it is not valid yet, so clients refuse it", metadata: metadata)
        case .over: logger.warning("\(event); it has expired, so clients refuse it", metadata: metadata)
        }
    }

    var finding: Finding {
        let title = "Certificate: for \(namesText)"
        guard !names.isEmpty else {
            return .bad("Certificate: it names no host, so browsers refuse it", advice: "Get one with a host name")
        }
        switch validity.state(at: now) {
        case .notYet:
            return .bad("\(title), not valid before \(day(validity.from))", advice: "Check the clock of this machine")
        case .over: return .bad("\(title), expired on \(day(validity.until))", advice: "Renew it")
        case .valid(let days) where days < Self.fewDays:
            return .bad("\(title), \(days) day(s) left", advice: "Renew it, and send the hub SIGHUP")
        case .valid(let days): return .good("\(title), \(days) days left")
        }
    }

    private var namesText: String {
        let maxShown = 5
        let more = names.count > maxShown ? ", …" : ""
        return names.isEmpty ? "no host" : names.prefix(maxShown).joined(separator: ", ") + more
    }

    private func day(_ moment: Timestamp) -> String {
        String(moment.rfc3339.prefix { $0 != "T" })
    }
}

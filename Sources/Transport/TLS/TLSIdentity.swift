import Domain
import NIOCore
import NIOSSL

/// A certificate chain with its private key, checked and ready to serve.
package struct TLSIdentity: Sendable {
    /// The host names and addresses the certificate is for; one without any is refused by browsers (RFC 9525).
    package let names: [String]
    package let validity: CertificateValidity
    /// TLS 1.2 and 1.3; of the protocols a client offers, only HTTP/1.1 is taken (RFC 7301).
    let context: NIOSSLContext

    /// Reads the texts of two PEM files: the chain begins with the certificate of the hub.
    ///
    /// An end of the certificate that has come is no error here: see `validity`.
    package init(certificate: [UInt8], key: [UInt8]) throws(TLSProblem) {
        let chain = try Self.chain(certificate)
        guard let leaf = chain.first else {
            throw TLSProblem(file: .certificate, text: "holds no certificate in PEM")
        }
        let privateKey = try Self.key(key)
        do {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(privateKey)
            )
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            configuration.shutdownTimeout = .seconds(2)
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSProblem(file: .key, text: "does not belong to the certificate")
        }
        validity = CertificateValidity(
            from: Timestamp(milliseconds: Int64(leaf.notValidBefore) * 1000),
            until: Timestamp(milliseconds: Int64(leaf.notValidAfter) * 1000)
        )
        names = Self.names(leaf)
    }

    private static func chain(_ pem: [UInt8]) throws(TLSProblem) -> [NIOSSLCertificate] {
        do {
            return try NIOSSLCertificate.fromPEMBytes(pem)
        } catch {
            throw TLSProblem(file: .certificate, text: "holds no certificate in PEM")
        }
    }

    private static func key(_ pem: [UInt8]) throws(TLSProblem) -> NIOSSLPrivateKey {
        let text = String(decoding: pem, as: UTF8.self)
        // "BEGIN ENCRYPTED PRIVATE KEY" and "Proc-Type: 4,ENCRYPTED".
        guard !text.contains("ENCRYPTED") else {
            throw TLSProblem(file: .key, text: "is locked by a passphrase; take it off with: openssl pkey")
        }
        do {
            return try NIOSSLPrivateKey(bytes: pem, format: .pem)
        } catch {
            throw TLSProblem(file: .key, text: "holds no private key in PEM")
        }
    }

    private static func names(_ certificate: NIOSSLCertificate) -> [String] {
        certificate._subjectAlternativeNames().compactMap { name in
            switch name.nameType {
            case .dnsName: String(decoding: name.contents, as: UTF8.self)
            case .ipAddress: try? SocketAddress(packedIPAddress: ByteBuffer(bytes: name.contents), port: 0).ipAddress
            default: nil
            }
        }
    }
}

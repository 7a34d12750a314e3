import ArgumentParser
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// `hub-fakes mail`: a mail server that keeps what it gets, and a page that shows it.
struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "A mail server with STARTTLS and passwords, and a page of what it received.",
        discussion: """
            Give the hub SMTP_URL=smtp://HOST:SMTP-PORT, EMAIL_TOKENS with the same mailboxes as here, and SMTP_CA_FILE \
            with the certificate. One for this machine: openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj \
            /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout mail.key -out mail.pem
            """
    )

    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port of the page.") var port = 8091
    @Option(help: "The port that mail comes to.") var smtpPort = 2525
    @Option(help: "A mailbox, as address=password; may be given several times.") var mailbox: [String] = []
    @Option(help: "A certificate chain in PEM; without one there is no TLS.") var certificate: String?
    @Option(help: "The certificate's private key in PEM.") var key: String?

    func run() async throws {
        var mailboxes: [String: String] = [:]
        for pair in mailbox {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("\(pair) is no address=password") }
            mailboxes[parts[0]] = parts[1]
        }
        let fake = MailFake(mailboxes: mailboxes)
        let tls = try context()
        _ = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(MailSession(fake, tls: tls))
                }
            }
            .bind(host: host, port: smtpPort).get()
        let router = Router()
        MailControlRoutes(fake: fake).add(to: router)
        print("The mail server listens on smtp://\(host):\(smtpPort) and shows its mail on http://\(host):\(port)/")
        var logger = Logger(label: "mail")
        logger.logLevel = .notice
        let server = Application(
            router: router, configuration: .init(address: .hostname(host, port: port)), logger: logger)
        try await server.runService()
    }

    private func context() throws -> NIOSSLContext? {
        guard let certificate, let key else { return nil }
        let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(NIOSSLPrivateKey(file: key, format: .pem))))
    }
}

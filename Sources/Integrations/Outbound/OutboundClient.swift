package import Domain
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Asks outside services whose addresses somebody types into a page.
///
/// A name is looked up once, all it leads to is judged by the rules, and the connection goes to what was judged: a name
/// that changes in between leads nowhere else. TLS is for the name. Redirects are not followed, so that a secret never
/// reaches another host. Each request has a connection of its own and a time in which all of it has to be over.
package struct OutboundClient: Sendable {
    package let rules: OutboundRules
    private let resolver: any HostResolver
    private let tls: Result<NIOSSLContext, any Error>

    /// Of an answer no more is read.
    package static let maxBytes = 64 * 1024
    /// In all.
    package static let usualLimit: Duration = .seconds(10)

    package init(_ rules: OutboundRules) {
        self.init(rules, resolver: SystemHostResolver(), trusting: [])
    }

    /// - Parameter roots: Certificates that are trusted beside those of the system.
    init(_ rules: OutboundRules, resolver: any HostResolver, trusting roots: [NIOSSLCertificate]) {
        self.rules = rules
        self.resolver = resolver
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = ["http/1.1"]
        configuration.minimumTLSVersion = .tlsv12
        if !roots.isEmpty { configuration.additionalTrustRoots = [.certificates(roots)] }
        tls = Result { try NIOSSLContext(configuration: configuration) }
    }

    /// For addresses that the operator set; one for the process.
    static let ofTheOperator = OutboundClient(.ofTheOperator)

    /// Makes the request once; whether to try again is the caller's to decide.
    func send(
        _ request: OutboundRequest,
        within limit: Duration = usualLimit,
        maxBytes: Int = maxBytes
    ) async -> OutboundResult {
        guard rules.permits(request.url) else { return .failed(.forbidden, hasLeft: false) }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let exchange = OutboundExchange(request, maxBytes: maxBytes, result: loop.makePromise())
        let deadline = loop.scheduleTask(in: .milliseconds(limit.milliseconds)) { exchange.fail(.late) }
        loop.execute { begin(exchange, on: loop, within: limit) }
        return await withTaskCancellationHandler {
            // Nobody fails it.
            let result = try? await exchange.result.futureResult.get()
            deadline.cancel()
            return result ?? .failed(.garbled, hasLeft: true)
        } onCancel: {
            loop.execute { exchange.fail(.late) }
        }
    }

    private func begin(_ exchange: OutboundExchange, on loop: any EventLoop, within limit: Duration) {
        let url = exchange.request.url
        resolver.addresses(of: url.host, port: url.port, on: loop)
            .flatMapThrowing { addresses in
                let judged = addresses.compactMap { $0.ipAddress.flatMap(NetworkAddress.init) }
                guard !addresses.isEmpty else { throw OutboundFailure.unreachable }
                guard judged.count == addresses.count, rules.permits(judged, of: url) else {
                    throw OutboundFailure.forbidden
                }
                return addresses
            }
            .flatMap { addresses in
                ClientBootstrap(group: loop)
                    .resolver(FixedResolver(addresses: addresses, loop: loop))
                    .connectTimeout(.milliseconds(limit.milliseconds))
                    // Several connections are tried at once; only the one that comes about may say anything.
                    .channelOption(.autoRead, value: false)
                    .connect(host: url.host, port: url.port)
            }
            .flatMap { channel in
                channel.eventLoop.makeCompletedFuture { try equip(channel, for: exchange) }
                    .flatMap { channel.setOption(.autoRead, value: true) }
                    .flatMapError { error in
                        channel.close(promise: nil)
                        return channel.eventLoop.makeFailedFuture(error)
                    }
            }
            .whenFailure { exchange.fail($0 as? OutboundFailure ?? .unreachable) }
    }

    /// On the loop of the channel.
    private func equip(_ channel: any Channel, for exchange: OutboundExchange) throws {
        guard !exchange.isOver else { throw OutboundFailure.late }
        let url = exchange.request.url
        let pipeline = channel.pipeline.syncOperations
        if url.isSecure {
            let name = NetworkAddress(url.host) == nil ? url.host : nil
            try pipeline.addHandler(NIOSSLClientHandler(context: tls.get(), serverHostname: name))
        }
        try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
        try pipeline.addHandler(OutboundHandler(exchange))
        exchange.result.futureResult.whenComplete { _ in channel.close(promise: nil) }
    }
}

import NIOCore
import NIOPosix

/// Looks up what addresses a host has.
protocol HostResolver: Sendable {
    /// Fails when there are none. Called on the loop.
    func addresses(of host: String, port: Int, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]>
}

/// As the system does it.
struct SystemHostResolver: HostResolver {
    func addresses(of host: String, port: Int, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
        let resolver = NIORandomizedDNSResolver(loop: loop)
        let version4 = resolver.initiateAQuery(host: host, port: port)
        let version6 = resolver.initiateAAAAQuery(host: host, port: port)
        return version6.and(version4).map { $0 + $1 }
    }
}

/// Answers what was found before and checked, so that a connection goes nowhere else.
struct FixedResolver: Resolver, Sendable {
    let addresses: [SocketAddress]
    let loop: any EventLoop

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        loop.makeSucceededFuture(addresses.filter { $0.protocol == .inet })
    }

    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        loop.makeSucceededFuture(addresses.filter { $0.protocol == .inet6 })
    }

    func cancelQueries() {}
}

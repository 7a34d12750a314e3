import Glibc

/// Makes client sockets to the loopback.
enum Connector {
    /// Connections from one source address; the kernel lends 28,000 ports for each by default.
    private static let connectionsPerAddress = 20_000

    /// Begins a connection without waiting for it. `ordinal` spreads connections over 127.0.0.1, .2, …
    static func connect(to port: Int, from ordinal: Int, receiveBytes: Int32?) throws(LoadError) -> Int32 {
        let descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw LoadError("no socket (errno \(errno)); raise the limit of open files: ulimit -n")
        }
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        if let receiveBytes {
            set(descriptor, SOL_SOCKET, SO_RCVBUF, receiveBytes)
        }
        let source = ordinal / connectionsPerAddress
        if source > 0 {
            set(descriptor, Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, 1)
            _ = with(address(host: UInt32(1 + source), port: 0)) { bind(descriptor, $0, $1) }
        }
        let status = with(address(host: 1, port: UInt16(port))) { Glibc.connect(descriptor, $0, $1) }
        guard status == 0 || errno == EINPROGRESS else {
            let reason = errno
            close(descriptor)
            throw LoadError("could not connect to 127.0.0.1:\(port) (errno \(reason))")
        }
        return descriptor
    }

    /// A port nobody listens on.
    static func freePort() throws(LoadError) -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        guard with(address(host: 1, port: 0), { bind(descriptor, $0, $1) }) == 0 else {
            throw LoadError("no free port (errno \(errno))")
        }
        var bound = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: bound.sin_port))
    }

    /// Whether somebody listens on the port.
    static func isOpen(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return with(address(host: 1, port: UInt16(port))) { Glibc.connect(descriptor, $0, $1) } == 0
    }

    /// Lets this process, and those it starts, open as many sockets as the system allows.
    static func raiseDescriptorLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// 127.0.0.`host`.
    private static func address(host: UInt32, port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (UInt32(0x7F00_0000) + host).bigEndian
        return address
    }

    private static func with(
        _ address: sockaddr_in,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

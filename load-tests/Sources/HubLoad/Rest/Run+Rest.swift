import Glibc

/// What the scenarios over plain HTTP do.
extension Run {
    func measureRest(into figures: inout Figures) throws(LoadError) {
        let server = try start()
        defer { Cores.takeAll() }
        progress.say("filling the shelf")
        let shelf = try ProductShelf(server, peer)
        figures.connections = plan.members
        if plan.scenario == .pages {
            try pages(shelf, server, into: &figures)
        } else {
            try reads(shelf, server, into: &figures)
        }
    }

    /// Each connection asks for one product, again and again.
    private func reads(_ shelf: ProductShelf, _ server: PeerProcess, into figures: inout Figures) throws(LoadError) {
        let request = RestConnection.request("GET", ProductShelf.onePath, token: shelf.token)
        var connections: [RestConnection] = []
        for _ in 0..<plan.members { connections.append(try RestConnection(port: shelf.port)) }
        for connection in connections { try connection.send(request) }
        progress.say("warming up")
        _ = try turn(connections, request, for: plan.warmup)
        progress.say("reading")
        let used = server.usage.cpuNanoseconds
        let began = MonotonicTime.now
        let latencies = try turn(connections, request, for: plan.seconds)
        figures.note(latencies, since: began, cpu: server.usage.cpuNanoseconds - used)
    }

    /// Answers of so many seconds, each followed by the next request; how long each took, in nanoseconds.
    private func turn(
        _ connections: [RestConnection],
        _ request: [UInt8],
        for seconds: Double
    ) throws(LoadError) -> [UInt64] {
        var entries = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var latencies: [UInt64] = []
        let end = MonotonicTime.after(seconds: seconds)
        while MonotonicTime.now < end {
            guard poll(&entries, nfds_t(entries.count), 30_000) > 0 else { throw LoadError("the server says nothing") }
            for (connection, entry) in zip(connections, entries) where entry.revents != 0 {
                guard let answer = try connection.receive() else { continue }
                guard answer.status == 200 else { throw LoadError("\(answer.status): \(answer.body)") }
                latencies.append(MonotonicTime.now - connection.sentAt)
                try connection.send(request)
            }
        }
        return latencies
    }

    /// One connection pages through all products.
    private func pages(_ shelf: ProductShelf, _ server: PeerProcess, into figures: inout Figures) throws(LoadError) {
        let connection = try RestConnection(port: shelf.port)
        let used = server.usage.cpuNanoseconds
        let began = MonotonicTime.now
        var latencies: [UInt64] = []
        var cursor: String?
        repeat {
            progress.say("page \(latencies.count + 1)")
            let path = ProductShelf.path + "?limit=100" + (cursor.map { "&cursor=\($0)" } ?? "")
            let answer = try connection.ask(RestConnection.request("GET", path, token: shelf.token))
            guard answer.status == 200 else { throw LoadError("\(answer.status): \(answer.body)") }
            latencies.append(MonotonicTime.now - connection.sentAt)
            cursor = ProductShelf.member("next", of: answer.body)
        } while cursor != nil
        figures.note(latencies, since: began, cpu: server.usage.cpuNanoseconds - used)
        figures.lost = ProductShelf.count - 100 * latencies.count
    }
}

extension Figures {
    mutating func note(_ latencies: [UInt64], since began: UInt64, cpu nanoseconds: UInt64) {
        let sorted = latencies.sorted()
        guard !sorted.isEmpty else { return }
        let elapsed = MonotonicTime.now - began
        seconds = Double(elapsed) / 1e9
        deliveries = sorted.count
        serverCores = Double(nanoseconds) / Double(elapsed)
        cpuPerDelivery = Double(nanoseconds) / 1000 / Double(sorted.count)
        func share(_ part: Double) -> UInt64 { sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] / 1000 }
        latency = Latency(p50: share(0.5), p99: share(0.99), p999: share(0.999), max: share(1))
    }
}

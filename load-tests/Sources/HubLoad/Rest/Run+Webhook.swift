import Glibc

/// Deliveries of WhatsApp, each at its time on a connection that is free.
extension Run {
    func measureWebhook(into figures: inout Figures) throws(LoadError) {
        guard case .perSecond(let rate) = plan.rate else { throw LoadError("deliveries need a rate of a number") }
        let server = try start()
        defer { Cores.takeAll() }
        progress.say("signing")
        let early = Int(rate * plan.warmup)
        let deliveries = WebhookDeliveries(count: early + Int(rate * plan.seconds), customers: plan.rooms)
        var connections: [RestConnection] = []
        for _ in 0..<plan.members { connections.append(try RestConnection(port: server.port)) }
        figures.connections = plan.members
        progress.say("warming up")
        _ = try deliver(deliveries.requests[..<early], connections, rate)
        progress.say("delivering")
        let used = server.usage.cpuNanoseconds
        let began = MonotonicTime.now
        let latencies = try deliver(deliveries.requests[early...], connections, rate)
        figures.note(latencies, since: began, cpu: server.usage.cpuNanoseconds - used)
        figures.published = latencies.count
    }

    /// How long each answer took from the moment its delivery was due, in nanoseconds.
    private func deliver(
        _ requests: ArraySlice<[UInt8]>,
        _ connections: [RestConnection],
        _ rate: Double
    ) throws(LoadError) -> [UInt64] {
        var entries = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var free = Array(connections.indices)
        /// By connection, when what is on its way was due.
        var due = [UInt64](repeating: 0, count: connections.count)
        var latencies: [UInt64] = []
        let start = MonotonicTime.now
        var next = requests.startIndex
        while latencies.count < requests.count {
            let now = MonotonicTime.now
            var untilNext: Int32 = 30_000
            while next < requests.endIndex, !free.isEmpty {
                let moment = start + UInt64(Double(next - requests.startIndex) / rate * 1e9)
                guard moment <= now else {
                    untilNext = Int32((moment - now) / 1_000_000)
                    break
                }
                // In turn, so that none is closed for having said nothing.
                let index = free.removeFirst()
                due[index] = moment
                try connections[index].send(requests[next])
                next += 1
            }
            let ready = poll(&entries, nfds_t(entries.count), untilNext)
            guard ready > 0 || untilNext < 30_000 else { throw LoadError("the server says nothing") }
            for index in entries.indices where entries[index].revents != 0 {
                guard let answer = try connections[index].receive() else { continue }
                guard answer.status == 200 else { throw LoadError("\(answer.status): \(answer.body)") }
                latencies.append(MonotonicTime.now - due[index])
                free.append(index)
            }
        }
        return latencies
    }
}

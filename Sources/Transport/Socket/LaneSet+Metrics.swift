package import Domain
import NIOCore

extension LaneSet: MetricSource {
    /// Asks each loop for its sums, one after the other.
    package func families() async -> [MetricFamily] {
        var traffic = LaneTraffic()
        var (sockets, mail) = (0, 0)
        for lane in lanes {
            // A loop refuses work only when it has been shut down, and then it carries nothing.
            guard let sums = try? await lane.loop.submit({ lane.sums }).get() else { continue }
            traffic = traffic + sums.traffic
            sockets += sums.sockets
            mail += sums.mail
        }
        let (incoming, outgoing) = ([MetricFamily.Label("direction", "in")], [MetricFamily.Label("direction", "out")])
        return [
            .gauge("hub_sockets", "WebSockets that are open.", Double(sockets)),
            .gauge("hub_lane_mail", "Messages that wait for an event loop.", Double(mail)),
            .counter(
                "hub_socket_bytes_total", "Bytes of WebSocket frames.",
                [(incoming, Double(traffic.bytesIn)), (outgoing, Double(traffic.bytesOut))]),
            .counter("hub_socket_messages_received_total", "Texts from clients.", Double(traffic.messagesIn)),
            .counter("hub_publications_total", "Publications to the members of a topic.", Double(traffic.publications)),
            .counter("hub_deliveries_total", "Members that publications were for.", Double(traffic.deliveries)),
        ]
    }
}

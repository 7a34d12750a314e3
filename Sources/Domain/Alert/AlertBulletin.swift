/// What is told at once: one alert, or a digest of several.
package struct AlertBulletin: Sendable, Equatable {
    /// So that a note holds it; what is more follows with the next one.
    package static let maxIncidents = 20

    /// Those that it tells of, as they stand afterwards; the oldest first.
    package let incidents: [AlertIncident]
    /// In Arabic and English. It holds nothing of a customer.
    package let text: String

    /// Nil when there is nothing to tell now.
    ///
    /// - Parameters:
    ///   - candidates: Incidents of which something may be untold.
    ///   - isQuiet: Then only what is urgent is told, and all else stays for later.
    package init?(_ candidates: [AlertIncident], at moment: Timestamp, isQuiet: Bool, urgent: Set<AlertRule>) {
        let due = candidates.filter { $0.news != nil && (!isQuiet || urgent.contains($0.key.rule)) }
            .sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
            .prefix(Self.maxIncidents)
        guard !due.isEmpty else { return nil }
        let lines = due.compactMap { incident in incident.news.map { Self.line($0, of: incident) } }
        incidents = due.map { incident in
            var incident = incident
            incident.told(at: moment)
            return incident
        }
        let header = lines.count == 1 ? [] : ["تنبيهات النظام · System alerts (\(lines.count))"]
        text = (header + lines).joined(separator: "\n\n")
    }

    private static func line(_ news: AlertNews, of incident: AlertIncident) -> String {
        let (title, message) = (incident.key.title, incident.message)
        switch news {
        case .fired:
            return "🔴 \(title.ar): \(message.ar)\n\(title.en): \(message.en)"
        case .recovered:
            let time = words(for: incident)
            return "🟢 \(title.ar): عاد إلى طبيعته بعد \(time.ar)\n\(title.en): well again after \(time.en)"
        case .passed:
            let time = words(for: incident)
            return """
                🟡 \(title.ar): تعطل \(time.ar) ثم عاد إلى طبيعته (\(message.ar))
                \(title.en): was wrong for \(time.en), and is well again (\(message.en))
                """
        }
    }

    /// How long it lasted, in whole minutes.
    private static func words(for incident: AlertIncident) -> StatusMessage {
        let end = incident.recoveredAt ?? incident.seenAt
        let minutes = max(1, (end - incident.startedAt).milliseconds / 60_000)
        return StatusMessage(ar: "\(minutes) د", en: "\(minutes) min")
    }
}

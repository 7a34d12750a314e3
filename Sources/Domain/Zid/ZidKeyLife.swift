/// How long the keys of a store have been good, and will be, as far as it is stored.
package struct ZidKeyLife: Sendable, Equatable {
    /// The field with the end of the keys, which the hub keeps by itself.
    package static let endField = "keys_expire_at"
    /// What must be known to renew them.
    package static let fields = ["client_id", "client_secret", "refresh_token"]

    /// When they were stored.
    package let since: Timestamp
    /// Nil when it is not known: nobody but Zid's answer says it.
    package let end: Timestamp?

    package init(since: Timestamp, end: Timestamp?) {
        self.since = since
        self.end = end
    }

    /// Nil when they cannot be renewed.
    package init?(_ config: IntegrationConfig) {
        guard config.values["client_id"] != nil, config.secrets["client_secret"] != nil,
            let refresh = config.secrets["refresh_token"]
        else { return nil }
        let manager = config.secrets["manager_token"]?.changedAt ?? refresh.changedAt
        self.init(
            since: max(manager, refresh.changedAt),
            end: config.values[Self.endField].flatMap(Timestamp.init(rfc3339:)))
    }

    /// From when on they are to be renewed.
    ///
    /// Those of which nothing is known are renewed at once: whether that works shows while their owner looks at the
    /// page, and not a year later.
    ///
    /// - Parameter wereRefused: Whether Zid has just refused them.
    package func renewal(wereRefused: Bool, _ rules: ZidUpkeepRules) -> Timestamp {
        guard let end else { return since }
        let quarter = Duration.milliseconds(max(0, (end - since).milliseconds / 4))
        let byClock = max(since, end - min(rules.renewBefore, quarter))
        return wereRefused ? min(byClock, since + rules.refusalPause) : byClock
    }
}

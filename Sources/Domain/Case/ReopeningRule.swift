/// Decides whether a customer who writes after a resolution goes on with the same case, or begins a new one.
///
/// `CaseFile` (clocks, away message, survey) and `ConversationLife` (routing) both ask it, with the moments of the log.
/// So they count the same cases, however late either of them reads.
package struct ReopeningRule: Sendable, Equatable {
    /// How long after resolving it is still the same case.
    ///
    /// Three days: long enough for "it does not work after all", short enough that next week's question is a new one.
    package var within: Duration

    package init(within: Duration = .seconds(3 * 86_400)) {
        self.within = within
    }

    /// - Parameter hours: The value of `routing.reopens_hours`; its default counts for anything else.
    package init(hours: JSONValue?) {
        guard let hours = (hours ?? ShopSetting.routingReopensHours.standard).integer else {
            self.init()
            return
        }
        self.init(within: .seconds(hours * 3600))
    }

    package func goesOn(resolvedAt: Timestamp, writtenAt: Timestamp) -> Bool {
        writtenAt - resolvedAt <= within
    }
}

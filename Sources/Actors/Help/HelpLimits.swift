/// How much help one hub gives at once. The shop's own limits are `HelpRules`.
package struct HelpLimits: Sendable, Equatable {
    /// Requests of all staff; beyond them `busy`.
    package var maxRequests = 100
    /// Members of staff whose rate is remembered.
    package var maxPeople = 1000

    package init() {}
}

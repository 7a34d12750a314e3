/// Bounds of routing on one hub.
package struct RoutingLimits: Sendable, Equatable {
    /// Between two looks at what other hubs did.
    package var glance: Duration = .milliseconds(500)
    /// What comes within it after a turn is taken in by one turn.
    package var gather: Duration = .milliseconds(20)
    /// Between two signs of life of this hub. As often a turn looks at everything, whatever was told.
    package var beat: Duration = .seconds(5)
    /// After how long without a sign a hub counts as gone, and everybody on it.
    package var lifetime: Duration = .seconds(15)
    /// How long somebody without a connection still counts as here.
    package var presenceGrace: Duration = .seconds(15)
    /// After how long waiting customers are told anew, even if their place is the same.
    package var refresh: Duration = .seconds(30)
    /// For how long it is taken as known whether the assistant meets new cases.
    package var doorLifetime: Duration = .milliseconds(500)

    package init() {}
}

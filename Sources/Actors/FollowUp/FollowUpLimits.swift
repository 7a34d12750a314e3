/// How often conversations are looked at whose visitors left.
package struct FollowUpLimits: Sendable, Equatable {
    /// Between two looks.
    package var interval = Duration.seconds(15)
    /// So many looks of all hubs have to pass a visitor before they count as gone.
    package var looks = 4

    package init() {}
}

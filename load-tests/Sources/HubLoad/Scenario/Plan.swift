/// What one run does, to any target.
struct Plan: Equatable {
    /// The name in tables, e.g. `fanout 1×1000 at 50/s`.
    var scenario: Scenario
    var rooms = 1
    /// In each room.
    var members = 1000
    var rate = Rate.perSecond(50)
    /// Bytes of a message's text.
    var size = 200
    /// Measured; before it come `warmup` seconds that are not.
    var seconds = 10.0
    var warmup = 2.0
    var deflate = false
    /// The servers on all cores but the last, the generator on that one.
    var pins = false

    var title: String {
        var title = "\(scenario.rawValue) \(rooms)×\(members)"
        if scenario.publishes {
            title += " at \(rate)\(rate.isFixed ? "/s" : "")"
        }
        return deflate ? title + " deflate" : title
    }
}

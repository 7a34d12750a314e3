/// What one run does, to any target.
struct Plan: Equatable {
    var scenario: Scenario
    var rooms: Int
    /// In each room.
    var members: Int
    /// Over all rooms.
    var rate: Rate
    /// Bytes of a message's text.
    var size = 200
    /// Measured; before it come `warmup` seconds that are not.
    var seconds = 10.0
    var warmup = 2.0
    var deflate = false
    /// The servers on all cores but the last, the generator on that one.
    var pins = false

    /// What the scenario is when nothing else is said.
    init(_ scenario: Scenario) {
        self.scenario = scenario
        switch scenario {
        case .fanout: (rooms, members, rate) = (1, 1000, .perSecond(50))
        case .rooms: (rooms, members, rate) = (1000, 4, .perSecond(2000))
        case .idle: (rooms, members, rate, seconds) = (10_000, 1, .perSecond(1), 60)
        case .storm: (rooms, members, rate) = (1, 5000, .perSecond(10))
        case .slow: (rooms, members, rate, size, seconds) = (1, 1000, .perSecond(50), 2000, 15)
        case .publish: (rooms, members, rate) = (64, 1, .max(window: 1))
        case .rest: (rooms, members, rate) = (1, 8, .max(window: 1))
        case .webhook: (rooms, members, rate, seconds) = (100, 16, .perSecond(200), 30)
        case .answers: (rooms, members, rate, warmup) = (500, 1, .perSecond(30), 5)
        case .pages: (rooms, members, rate) = (1, 1, .max(window: 1))
        }
    }

    /// The name in tables, e.g. `fanout 1×1000 at 50/s`.
    var title: String {
        var title = "\(scenario.rawValue) \(rooms)×\(members)"
        if scenario.publishes {
            title += " at \(rate)\(rate.isFixed ? "/s" : "")"
        }
        return deflate ? title + " deflate" : title
    }

    var deflated: Plan {
        var plan = self
        plan.deflate = true
        return plan
    }

    func at(_ rate: Rate) -> Plan {
        var plan = self
        plan.rate = rate
        return plan
    }

    func with(rooms: Int? = nil, members: Int? = nil) -> Plan {
        var plan = self
        plan.rooms = rooms ?? self.rooms
        plan.members = members ?? self.members
        return plan
    }
}

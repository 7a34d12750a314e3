/// The standard set: which plan is run against which targets.
struct Comparison {
    let plan: Plan
    let targets: [String]

    static let fanout = pinned(Plan(.fanout))
    static let fanoutAtFullSpeed = fanout.at(.max(window: Rate.defaultWindow))
    static let fanoutToMany = fanout.with(members: 5000).at(.perSecond(10))
    static let rooms = Plan(.rooms)
    static let idle = Plan(.idle)
    /// The same number of connections, which share ten conversations.
    static let idleInRooms = idle.with(rooms: 10, members: 1000)
    static let storm = Plan(.storm)
    static let slow = Plan(.slow)
    static let publish = Plan(.publish)
    static let rest = Plan(.rest)
    static let pages = Plan(.pages)
    static let webhook = Plan(.webhook)
    static let answers = Plan(.answers)

    private static let hubs = ["hub", "hub-postgres"]
    /// socketify polls without pause when it has little to do, so it is compared at full speed only.
    private static let calm = ["hub", "raw", "nchan", "node-ws", "fastapi"]

    static let all: [Comparison] = [
        Comparison(plan: fanout, targets: calm),
        Comparison(plan: fanoutAtFullSpeed, targets: calm + ["socketify"]),
        Comparison(plan: fanoutToMany, targets: ["hub", "raw", "nchan"]),
        Comparison(plan: fanoutToMany.at(.max(window: 32)), targets: ["hub", "raw", "nchan", "socketify"]),
        Comparison(plan: fanout.deflated, targets: ["hub", "nchan", "node-ws", "fastapi"]),
        Comparison(plan: fanoutAtFullSpeed.deflated, targets: ["hub", "nchan", "node-ws", "fastapi", "socketify"]),
        Comparison(plan: rooms, targets: hubs + ["raw", "nchan", "node-ws"]),
        Comparison(plan: publish, targets: hubs + ["database", "database-postgres"]),
        Comparison(plan: rest, targets: ["hub", "fastapi-sqlmodel"]),
        Comparison(plan: pages, targets: ["hub", "fastapi-sqlmodel"]),
        Comparison(plan: webhook, targets: hubs),
        Comparison(plan: answers, targets: hubs),
        Comparison(plan: storm, targets: hubs),
        Comparison(plan: slow, targets: ["hub"]),
        Comparison(plan: idle, targets: ["hub"]),
        Comparison(plan: idleInRooms, targets: ["hub", "raw", "nchan", "node-ws"]),
    ]

    private static func pinned(_ plan: Plan) -> Plan {
        var plan = plan
        plan.pins = true
        return plan
    }
}

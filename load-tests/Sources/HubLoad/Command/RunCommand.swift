import ArgumentParser

/// `hub-load run`: one scenario against one or more targets.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs one scenario against one or more targets."
    )

    @Option(help: "\(Scenario.allCases.map(\.rawValue).joined(separator: ", ")).")
    var scenario = Scenario.fanout

    @Option(help: "Rooms.")
    var rooms: Int?

    @Option(help: "Members of each room.")
    var members: Int?

    @Option(help: "Messages in a second over all rooms, or 'max', or 'max:WINDOW' with so many on their way in a room.")
    var rate: Rate?

    @Option(help: "Bytes of a message's text.")
    var size: Int?

    @Option(help: "Seconds that are measured.")
    var seconds: Double?

    @Option(help: "Seconds before that.")
    var warmup: Double?

    @Option(help: "permessage-deflate: on or off.")
    var deflate = Switch.off

    @Flag(help: "Keep the servers off the last core and the generator on it.")
    var pin = false

    @OptionGroup var options: MeasureOptions

    func validate() throws {
        let plan = plan
        guard plan.rooms > 0, plan.members > 0 else { throw ValidationError("a room and a member are the least") }
        guard plan.size >= Marker.byteCount, plan.size <= 8000 else {
            throw ValidationError("--size is \(Marker.byteCount) to 8000")
        }
        guard plan.seconds > 0, plan.warmup >= 0 else { throw ValidationError("--seconds is more than 0") }
    }

    func run() throws {
        let peers = Peer.all(in: options.peers).filter { $0.takesPart(in: plan.scenario) }
        try options.measure([Comparison(plan: plan, targets: peers.map(\.name))])
    }

    var plan: Plan {
        var plan = Plan(scenario)
        plan.rooms = rooms ?? plan.rooms
        plan.members = members ?? plan.members
        plan.rate = rate ?? plan.rate
        plan.size = size ?? plan.size
        plan.seconds = seconds ?? plan.seconds
        plan.warmup = warmup ?? plan.warmup
        plan.deflate = deflate == .on
        plan.pins = pin
        return plan
    }
}

extension Scenario: ExpressibleByArgument {}

extension Rate: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }
}

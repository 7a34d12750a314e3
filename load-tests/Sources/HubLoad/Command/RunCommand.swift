import ArgumentParser
import Foundation

/// `hub-load run`: one scenario against one or more targets.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Runs one scenario.")

    @Option(help: "\(Scenario.allCases.map(\.rawValue).joined(separator: ", ")).")
    var scenario = Scenario.fanout

    @Option(help: "A folder in --peers; may be given more than once. Without it all that are installed take part.")
    var target: [String] = []

    @Option(help: "The folder of the peers.")
    var peers = "load-tests/peers"

    @Option(help: "Rooms.")
    var rooms: Int?

    @Option(help: "Members of each room.")
    var members: Int?

    @Option(help: "Messages in a second over all rooms, or 'max', or 'max:WINDOW'.")
    var rate: Rate?

    @Option(help: "Bytes of a message's text.")
    var size: Int?

    @Option(help: "Seconds that are measured.")
    var seconds: Double?

    @Option(help: "Seconds before that.")
    var warmup: Double?

    @Option(help: "permessage-deflate.")
    var deflate = Switch.off

    @Flag(help: "Keep the servers off the last core and the generator on it.")
    var pin = false

    func run() throws {
        Connector.raiseDescriptorLimit()
        var plan = Plan(scenario: scenario)
        plan.rooms = rooms ?? plan.rooms
        plan.members = members ?? plan.members
        plan.rate = rate ?? plan.rate
        plan.size = size ?? plan.size
        plan.seconds = seconds ?? plan.seconds
        plan.warmup = warmup ?? plan.warmup
        plan.deflate = deflate == .on
        plan.pins = pin
        for peer in Peer.all(in: peers) where target.isEmpty || target.contains(peer.name) {
            if let absence = peer.absence() {
                print("\(peer.name) is absent: \(absence)")
                continue
            }
            let figures = Run(plan: plan, peer: peer, progress: Progress(title: "\(peer.name) \(plan.title)")).figures()
            print(figures)
        }
    }
}

extension Scenario: ExpressibleByArgument {}

extension Rate: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }
}

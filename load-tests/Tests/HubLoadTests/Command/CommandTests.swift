import ArgumentParser
import Testing

@testable import HubLoad

@Suite struct CommandTests {
    @Test func optionsChangeThePlan() throws {
        let command = try RunCommand.parse([
            "--scenario", "rooms", "--rooms", "10", "--members", "2", "--rate", "max:4", "--size", "100",
            "--seconds", "1.5", "--warmup", "0", "--deflate", "on", "--pin", "--peers", Place.peers, "--target", "raw",
        ])
        var plan = Plan(.rooms).with(rooms: 10, members: 2).at(.max(window: 4)).deflated
        (plan.size, plan.seconds, plan.warmup, plan.pins) = (100, 1.5, 0, true)
        #expect(command.plan == plan)
    }

    @Test func aScenarioBringsItsOwnNumbers() throws {
        let command = try RunCommand.parse(["--scenario", "idle", "--peers", Place.peers])
        #expect(command.plan == Plan(.idle))
    }

    @Test(arguments: [
        ["--scenario", "none"], ["--rate", "fast"], ["--size", "5"], ["--size", "9000"], ["--members", "0"],
        ["--seconds", "0"], ["--target", "nobody"], ["--repeat", "0"], ["--deflate", "maybe"],
    ]) func whatMakesNoSenseIsRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try RunCommand.parse(arguments + ["--peers", Place.peers]) }
    }

    @Test func theStandardSetCanBeNarrowed() throws {
        #expect(try SuiteCommand.parse(["idle", "storm", "--peers", Place.peers]).scenarios == [.idle, .storm])
    }
}

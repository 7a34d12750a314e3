import ArgumentParser
import Hummingbird

@main struct HubCommand: AsyncParsableCommand { mutating func run() async throws { print("hub") } }

import Foundation

/// The running server.
actor OpenAIFake {
    private(set) var world: OpenAIWorld
    /// As it began, for a new beginning.
    private let beginning: (settings: OpenAISettings, script: Script)

    init(_ settings: OpenAISettings, _ script: Script) {
        world = OpenAIWorld(settings, script, at: Self.now)
        beginning = (settings, script)
    }

    static var now: Double { Date().timeIntervalSince1970 }

    /// Changes the world between two requests.
    func change<Result: Sendable, Failure: Error>(
        _ change: (inout OpenAIWorld) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try change(&world)
    }

    /// Script, faults, settings, rates and log as in the beginning; requests that run are not told any more.
    func reset() {
        world.reset(beginning.settings, beginning.script, at: Self.now)
    }
}

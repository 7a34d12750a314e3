/// A server as the generator speaks to it: how a member comes in and how it publishes.
protocol Target {
    /// Whether a member has to say something before it is live.
    var greets: Bool { get }

    /// The path of the handshake.
    func path(to room: Room) -> String

    /// What a message means. `received` is the number of the last delivery the member got.
    func hear(_ message: String, in room: inout Room, received: UInt32) throws(LoadError) -> Hearing

    /// The frame that publishes a text.
    func publish(_ text: String, number: UInt32, in room: Room) -> String
}

/// What a message that is no delivery means to the member that got it.
enum Hearing: Equatable {
    /// Nothing to do.
    case ignore
    /// Answer this.
    case say(String)
    /// Every later message of the room will be pushed.
    case live
    /// The server stopped pushing; answer this to get what is missing.
    case behind(String)
    /// The server has no time: answer this after so many milliseconds.
    case retry(String, milliseconds: Int)
    /// Pieces of an answer that grows.
    case deltas(Int)
    /// The server refused something.
    case refused(String)
}

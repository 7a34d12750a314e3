/// One client socket of the generator.
struct Link {
    enum State {
        /// Nothing is open. Can become: `connecting`.
        case closed
        /// The handshake is under way. Can become: `open`, `closed`.
        case connecting
        /// Frames flow. Can become: `closed`.
        case open
    }

    var state = State.closed
    var descriptor: Int32 = -1
    /// What has come of a frame that is not complete.
    var rest: [UInt8] = []
    /// What the socket did not take yet.
    var unsent: [UInt8] = []
    var isReading = true
}

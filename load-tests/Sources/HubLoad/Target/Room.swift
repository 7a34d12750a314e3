/// One room of a run, as the generator knows it.
struct Room {
    /// What the hub calls it and how its members come in.
    struct Identity: Equatable {
        let id: String
        let token: String
        /// The head of its log before the first message of the run.
        let head: Int
    }

    let index: Int
    /// The links that are in it; the first one publishes.
    let members: Range<Int>
    /// The number of its newest message.
    var published: UInt32 = 0
    /// Deliveries that its members are still to get.
    var outstanding = 0
    /// Known once its first member is in; peers have none.
    var identity: Identity?
}

/// What goes wrong with the next requests to one part of the API.
struct Fault: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case error(GraphError)
        /// A status with a body that is no JSON.
        case status(Int)
        /// The request is carried out, but its answer does not come within these seconds.
        case hang(Double)
        /// The request is carried out, and the answer is a broken gateway's.
        case lostAnswer
    }

    /// `messages`, `media`, `download` or `number`.
    let part: String
    let kind: Kind
    /// How many requests it still meets.
    var times: Int
    /// Sent along as `Retry-After`, in seconds.
    var retryAfter: Int?
    /// Seconds until an error is answered.
    var delay = 0.0
}

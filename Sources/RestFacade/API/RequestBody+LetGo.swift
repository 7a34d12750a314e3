import Hummingbird

extension RequestBody {
    /// Gives up what is left of a body, as whoever has `consumeWithCancellationOnInboundClose` hand it to them must.
    ///
    /// Hummingbird leaves it unfinished when its end does not come by any more: it was read before, and the client goes
    /// or asks for more. swift-nio ends the process over a sequence that nobody finished, and letting go finishes it.
    func letGo() {
        _ = makeAsyncIterator()
    }
}

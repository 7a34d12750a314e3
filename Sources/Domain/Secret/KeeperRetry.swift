/// Whether a keeper of keys is asked again, and when. Wrapping and unwrapping twice does no harm.
package struct KeeperRetry: Sendable, Equatable {
    /// The first one counts.
    package var maxTries = 3
    package var firstPause = Duration.milliseconds(200)
    /// Who is asked to wait longer gives up.
    package var longestPause = Duration.seconds(2)
    /// For one request.
    package var timeout = Duration.seconds(4)

    package init() {}

    /// Nil to give up.
    ///
    /// - Parameters:
    ///   - tries: Made before.
    ///   - asked: How long the keeper wants to be left alone.
    ///   - chance: From 0 to 1; spreads retries.
    package func pause(after tries: Int, asked: Duration?, chance: Double) -> Duration? {
        guard tries < maxTries else { return nil }
        let asked = asked ?? .zero
        guard asked <= longestPause else { return nil }
        let usual = min(longestPause, firstPause * (1 << min(max(tries - 1, 0), 10)))
        return max(asked, usual * (1 - 0.5 * min(max(chance, 0), 1)))
    }
}

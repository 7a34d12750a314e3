/// How much of the articles is held, how long a search waits, and how often vectors are looked after.
package struct KnowledgeLimits: Sendable, Equatable {
    /// Of one article, in UTF-8; more is `invalid`. About 25,000 Arabic letters; it fits into a JSON body.
    package var maxArticleBytes = 48 * 1024
    /// Passages whose vectors a hub holds in memory; those of further articles are found by words alone.
    package var maxHeldPassages = 10_000
    /// What is less alike than this is not found by its meaning; of 100. Models differ.
    package var minLikenessPercent = 25
    /// For the vector of a question; then it is searched by words alone.
    package var questionTimeout = Duration.milliseconds(1500)
    /// Between two looks for articles that other hubs, time or another model have brought.
    package var interval = Duration.seconds(1)
    /// Articles that a hub takes at once.
    package var batch = 8
    /// A hub that has had an article for so long without a result is gone.
    package var lease = Duration.seconds(300)
    /// After the first failure; each further one doubles it.
    package var firstPause = Duration.seconds(2)
    package var longestPause = Duration.seconds(600)

    package init() {}

    package func pause(afterFailures failures: Int64) -> Duration {
        min(longestPause, firstPause * (1 << Int(min(max(0, failures), 20))))
    }
}

/// Files of messages that are owed to the log.
package protocol WhatsAppFileStore: Sendable {
    /// Takes up files whose turn it is, for a lease: should this hub die, another one takes them up after it.
    func claim(limit: Int, at moment: Timestamp, lease: Duration) async throws -> [WhatsAppFile]

    /// Nothing is owed any more.
    func finish(_ message: String) async throws

    func postpone(_ message: String, until due: Timestamp, because reason: String) async throws
}

/// Where files of messages are fetched from.
package protocol WhatsAppFileSource: Sendable {
    /// Hands the bytes of a file to `take` as they come.
    ///
    /// Throws `not_found` for a file that is gone for good, `too_large` for more than `maxBytes`, `unauthorized` for a
    /// token that is refused, `unavailable` for what may pass, and what `take` throws.
    func fetch(
        _ media: String,
        of number: String,
        maxBytes: Int64,
        _ take: ([UInt8]) async throws -> Void
    ) async throws
}

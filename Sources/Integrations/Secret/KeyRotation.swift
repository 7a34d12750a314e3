package import Domain

/// Wraps every data key under the active key: no secret is opened, and nothing waits for it.
///
/// It goes through each place in the order of its records and replaces an envelope only while it is as it was read.
/// What is done already is skipped, so a rotation that was cut off is simply run again.
package struct KeyRotation: Sendable {
    /// How it went in one place.
    package struct Outcome: Sendable, Equatable {
        package let place: String
        package fileprivate(set) var rewrapped = 0
        /// Sealed anew or wrapped by somebody else, between reading and writing.
        package fileprivate(set) var changedMeanwhile = 0
        /// Their key is missing, or they are altered: as they were.
        package fileprivate(set) var left = 0

        fileprivate init(place: String) {
            self.place = place
        }

        package init(place: String, rewrapped: Int, changedMeanwhile: Int = 0, left: Int = 0) {
            self.place = place
            self.rewrapped = rewrapped
            self.changedMeanwhile = changedMeanwhile
            self.left = left
        }
    }

    /// Data keys that are known to be wrapped anew; beyond it all are forgotten, and some are wrapped twice.
    private static let maxRemembered = 4096

    private let store: any EnvelopeStore
    private let keys: DataKeys
    private let pageSize: Int

    /// - Parameter pageSize: Envelopes read at once and replaced in one transaction.
    package init(store: any EnvelopeStore, keys: DataKeys, pageSize: Int = 500) {
        self.store = store
        self.keys = keys
        self.pageSize = pageSize
    }

    /// Throws what the store throws, and `unavailable` when the keeper of the keys is away.
    package func run() async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for place in store.places { outcomes.append(try await rotate(place)) }
        return outcomes
    }

    private func rotate(_ place: String) async throws -> Outcome {
        let active = try await keys.keyring.activeKey()
        var outcome = Outcome(place: place)
        var last: String?
        // The envelopes of one import share a data key, and shall go on doing so.
        var done: [WrappedKey: WrappedKey] = [:]
        while true {
            let page = try await store.envelopes(in: place, notUnder: active, after: last, limit: pageSize)
            guard let end = page.last else { return outcome }
            var changes: [EnvelopeChange] = []
            for envelope in page {
                guard let sealed = envelope.sealed else {
                    outcome.left += 1
                    continue
                }
                guard let new = try await rewrapped(sealed.dataKey, &done) else {
                    outcome.left += 1
                    continue
                }
                changes.append(EnvelopeChange(record: envelope.record, old: sealed, new: sealed.rewrapped(new)))
            }
            let count = try await store.replace(changes, in: place)
            outcome.rewrapped += count
            outcome.changedMeanwhile += changes.count - count
            last = end.record
        }
    }

    /// Nil when the key is missing or the wrapping is altered.
    private func rewrapped(
        _ wrapped: WrappedKey,
        _ done: inout [WrappedKey: WrappedKey]
    ) async throws(HubError) -> WrappedKey? {
        if let known = done[wrapped] { return known }
        do throws(HubError) {
            let new = try await keys.rewrap(wrapped)
            if done.count >= Self.maxRemembered { done = [:] }
            done[wrapped] = new
            return new
        } catch HubError.cannotOpenSecret, HubError.keyNotAvailable(wrapped.kek) {
            return nil
        }
    }
}

/// All envelopes of the store, wherever they lie: for counting them and for the rotation of keys.
package protocol EnvelopeStore: Sendable {
    /// Names of the places that hold envelopes, as `table.column`.
    var places: [String] { get }

    /// How many envelopes name which key; a place without envelopes has no row.
    func counts() async throws -> [EnvelopeCount]

    /// Envelopes of a place that name another key, by the ids of their records, after one of them.
    func envelopes(
        in place: String,
        notUnder key: KeyName,
        after record: String?,
        limit: Int
    ) async throws -> [StoredEnvelope]

    /// Replaces each envelope that is still as it was, and says how many were.
    func replace(_ changes: [EnvelopeChange], in place: String) async throws -> Int
}

package struct EnvelopeCount: Sendable, Equatable {
    package let place: String
    /// Nil for what is no envelope that this hub can read.
    package let key: KeyName?
    package let count: Int

    package init(place: String, key: KeyName?, count: Int) {
        self.place = place
        self.key = key
        self.count = count
    }
}

package struct StoredEnvelope: Sendable, Equatable {
    /// The id of the record that holds it.
    package let record: String
    /// Nil when the text is none.
    package let sealed: SealedSecret?

    package init(record: String, sealed: SealedSecret?) {
        self.record = record
        self.sealed = sealed
    }
}

package struct EnvelopeChange: Sendable, Equatable {
    package let record: String
    package let old: SealedSecret
    package let new: SealedSecret

    package init(record: String, old: SealedSecret, new: SealedSecret) {
        self.record = record
        self.old = old
        self.new = new
    }
}

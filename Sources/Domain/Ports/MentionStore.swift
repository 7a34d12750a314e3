/// Who was mentioned where; written by the append that writes the message.
package protocol MentionStore: Sendable {
    /// Somebody's mentions in rooms that they may be in now.
    func mentions(_ request: ListRequest<MentionSort, MentionFilter>) async throws -> ListPage<Mention>

    /// Everybody's since a moment, the earliest first.
    func mentions(since: Timestamp, limit: Int) async throws -> [Mention]
}

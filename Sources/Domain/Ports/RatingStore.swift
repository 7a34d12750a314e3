/// Answers of customers to "How was it?", which stand in the logs of their conversations.
package protocol RatingStore: Sendable {
    func ratings(_ request: ListRequest<RatingSort, RatingFilter>) async throws -> ListPage<Rating>
}

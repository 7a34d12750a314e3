/// How fast a shop promises to be, in business time; nil promises nothing.
package struct ServiceLevel: Sendable, Equatable {
    /// From the customer's first message to the first answer of a person.
    package var firstResponse: Duration?
    /// From a later message to its answer.
    package var nextResponse: Duration?
    /// From the first message until it is resolved, without the time in which it was the customer's turn.
    package var resolution: Duration?

    package init(
        firstResponse: Duration? = .seconds(15 * 60),
        nextResponse: Duration? = .seconds(30 * 60),
        resolution: Duration? = .seconds(16 * 3600)
    ) {
        self.firstResponse = firstResponse
        self.nextResponse = nextResponse
        self.resolution = resolution
    }
}

package enum ModelRequestIDKind: IDKind { package static let letter = UInt8(ascii: "q") }
package typealias ModelRequestID = ID<ModelRequestIDKind>

/// One request to the language model, before its answer is there.
package struct ModelRequest: Sendable, Equatable {
    package let id: ModelRequestID
    package let use: ModelUse
    package let model: String
    package let at: Timestamp
    /// Of the assistant's instructions; nil where it was not told them.
    package let version: Int64?
    /// The most that it should take: what is sent, and the longest answer.
    package let estimate: TokenUsage
    /// Whether it begins an answer to a customer, and is not one more round of it.
    package let beginsAnswer: Bool

    package init(
        _ id: ModelRequestID,
        _ use: ModelUse,
        model: String,
        at moment: Timestamp,
        version: Int64?,
        estimate: TokenUsage,
        beginsAnswer: Bool
    ) {
        self.id = id
        self.use = use
        self.model = model
        at = moment
        self.version = version
        self.estimate = estimate
        self.beginsAnswer = beginsAnswer
    }
}

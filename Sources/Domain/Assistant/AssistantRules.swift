/// How the assistant answers, as the shop has set it.
package struct AssistantRules: Sendable, Equatable {
    /// What it is told to be and to do.
    package var instructions: String
    /// Of the shop's own words in it; nil for none.
    package var version: Int64?
    /// Of the conversation, as it is given to the model.
    package var maxContextTokens: Int64 = 6000
    package var maxAnswerTokens: Int64 = 600
    package var temperature = 0.2
    /// How often tools may be called before it answers.
    package var maxRounds = 5
    /// From the question to the end of the run, however often it is begun anew.
    package var maxTime = Duration.seconds(240)
    /// For how long it listens before it answers: people write in short messages.
    package var patience = Duration.milliseconds(800)

    package init(instructions: String) {
        self.instructions = instructions
    }
}

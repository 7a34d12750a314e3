/// How much is done with codes at once, and for how long.
package struct CodeLimits: Sendable, Equatable {
    /// Codes of one allocation or one message.
    package var maxPerAllocation = 100
    /// A reservation for which no time is asked for: as long as a customer may take to pay.
    package var hold = Duration.seconds(900)
    /// The longest reservation.
    package var maxHold = Duration.seconds(604_800)
    /// Codes of one import; with one more all of it is refused.
    package var maxPerImport = 100_000
    /// Bytes of one import.
    package var maxImportBytes = 64 * 1024 * 1024
    /// Lines of an import whose problems are kept; all are counted.
    package var maxProblems = 1000
    /// Imports that a hub takes at once; one more is `busy`.
    package var maxImports = 4
    /// For a whole import.
    package var importTimeout = Duration.seconds(300)
    /// An import of which nothing was heard for so long is given up, as after the death of its hub.
    package var importSilence = Duration.seconds(30)
    /// Lines of an import in one transaction: bounds how long it holds the one writer of SQLite, and the memory.
    package var linesPerTransaction = 500
    /// Between two looks for reservations that are over.
    package var settleInterval = Duration.seconds(5)
    /// For making and sending the message that hands codes over.
    package var handOverHold = Duration.seconds(60)
    /// Codes that the assistant sends a customer again in one message.
    package var maxPerResend = 20
    /// Messages with codes that the assistant sends again in one conversation within `resendPeriod`.
    package var maxResends = 3
    package var resendPeriod = Duration.seconds(86_400)

    package init() {}
}

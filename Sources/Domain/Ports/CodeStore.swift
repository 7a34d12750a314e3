/// Digital codes. Each is sold once, however many hubs ask at once.
///
/// All that happens to the codes of a product happens under the lock of the product's row, which counts them. Codes of
/// an import that has not finished cannot be seen.
package protocol CodeStore: Sendable {
    func code(_ id: CodeID) async throws -> DigitalCode?

    func codes(_ request: ListRequest<CodeSort, CodeFilter>) async throws -> ListPage<DigitalCode>

    /// Takes codes of a product, those that expire first, and all or none of them.
    ///
    /// Throws `not_found` for the product, `invalid` for the conversation, and `not_enough` with how many there are.
    func allocate(
        _ allocation: CodeAllocation,
        _ writing: Writing<[DigitalCode]>
    ) async throws -> Written<[DigitalCode]>

    /// As `allocate`, unless the request that it is a part of was answered before.
    func hold<Value>(
        _ allocation: CodeAllocation,
        for once: Once<Value>?,
        _ writing: Writing<[DigitalCode]>
    ) async throws -> Written<[DigitalCode]>

    /// Makes a change happen to all of the selected codes or to none.
    ///
    /// Throws `not_found` when there are none, `stale`, and `conflict` when one of them may not change so.
    func change(
        _ selection: CodeSelection,
        _ change: CodeChange,
        _ writing: Writing<[DigitalCode]>
    ) async throws -> Written<[DigitalCode]>

    /// The sealed text of a code, once it is written down that it was asked for. Throws `not_found`.
    func reveal(_ id: CodeID, _ writing: Writing<SealedCode>) async throws -> SealedCode

    /// Sealed texts for the hub itself, in the order of the ids.
    func sealed(_ ids: [CodeID]) async throws -> [SealedSecret]

    /// Sells reserved codes and appends the message that holds them, in one transaction.
    ///
    /// Throws `not_found` when the room is no conversation, and `conflict` when a code is reserved no more.
    func handOver(_ handOver: CodeHandOver, _ writing: Writing<HandedOver>) async throws -> Written<HandedOver>

    /// Which of these fingerprints are of codes, whatever became of them.
    func known(_ fingerprints: [String]) async throws -> [String]

    /// Codes that were sold to the customer of a conversation, newest first: into the conversation itself, and to the
    /// orders of their contact where it is sure who they are.
    ///
    /// - Parameter order: The number of one of their orders, however it is spelt.
    func owned(byCustomerIn room: RoomID, order: String?, limit: Int) async throws -> [OwnedCode]

    /// Appends a message with codes that its customer owns, and writes down that their texts were seen, in one
    /// transaction. The same message again is done once.
    ///
    /// Throws `conflict` for a code that is not theirs any more, `rate_limited`, and what the log refuses.
    func sendAgain(_ resend: CodeResend, _ writing: Writing<HandedOver>) async throws -> Written<HandedOver>

    /// Ends reservations that are over, and codes that expired unsold; how many codes changed.
    func settle(at moment: Timestamp) async throws -> Int
}

/// Short messages to phones and from them.
///
/// A message goes with its phone: whose it is now sees `scope`. Those of nobody are seen by all.
package protocol SMSStore: Sendable {
    /// Throws `not_found`.
    func message(_ id: SMSID, scope: CRMScope) async throws -> SMSMessage

    func messages(_ request: ListRequest<SMSSort, SMSFilter>) async throws -> ListPage<SMSMessage>

    /// Keeps a message and owes it, in one transaction. Throws `invalid` for a contact that is not there or whose phone
    /// is not clear.
    func send(_ draft: SMSDraft, scope: CRMScope, _ writing: Writing<SMSMessage>) async throws -> Written<SMSMessage>

    /// What a message says; nil for one that was erased.
    func letter(_ id: SMSID) async throws -> SMSLetter?

    /// Keeps what somebody sent, with the conversation in which its phone's contact was heard last.
    ///
    /// Told again, it answers what was kept the first time.
    func receive(_ received: ReceivedSMS) async throws -> SMSMessage
}

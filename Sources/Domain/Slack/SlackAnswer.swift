/// What Slack answers to a webhook, in one word of plain text.
package enum SlackAnswer: Sendable, Equatable {
    case posted
    /// There was nothing to post: the webhook works.
    case noText
    /// We sent what Slack does not take.
    case ourFault
    /// The webhook was taken back, or the workspace forbids it.
    case refused
    case gone
    case archived
    case limited(retryAfter: Duration?)
    case away
    case unexpected(Int)

    package init(status: Int, word: String, retryAfter: Duration?) {
        switch (status, word) {
        case (200, "ok"): self = .posted
        case (400, "no_text"), (400, "missing_text"): self = .noText
        case (400, "invalid_payload"), (400, "too_many_attachments"), (400, "invalid_blocks"), (400, "user_not_found"):
            self = .ourFault
        case (403, "invalid_token"): self = .gone
        case (403, "action_prohibited"), (403, "posting_to_general_channel_denied"), (403, "team_disabled"):
            self = .refused
        case (404, "no_service"), (404, "no_service_id"), (404, "no_active_hooks"), (404, "no_team"),
            (404, "channel_not_found"):
            self = .gone
        case (410, _): self = .archived
        case (429, _): self = .limited(retryAfter: retryAfter)
        case (500..., _), (200, _): self = .away
        default: self = .unexpected(status)
        }
    }

    /// Says what is wrong and what to do.
    package var words: StatusMessage {
        switch self {
        case .posted, .noText:
            StatusMessage(ar: "متصل", en: "Connected.")
        case .ourFault:
            StatusMessage(ar: "لم تقبل Slack شكل الرسالة", en: "Slack does not take the form of the message.")
        case .refused:
            StatusMessage(
                ar: "تمنع مساحة العمل في Slack هذا الرابط: اطلب من مديرها السماح به",
                en: "The workspace at Slack forbids this webhook: ask its administrator to allow it.")
        case .gone:
            StatusMessage(
                ar: "أُلغي هذا الرابط في Slack: أنشئ رابطا جديدا وضعه في webhook_url",
                en: "The webhook was removed at Slack: make a new one and set webhook_url.")
        case .archived:
            StatusMessage(
                ar: "القناة مؤرشفة في Slack: أعد فتحها أو أنشئ رابطا لقناة أخرى",
                en: "The channel is archived at Slack: open it again, or make a webhook for another one.")
        case .limited:
            StatusMessage(
                ar: "رسائل كثيرة إلى Slack: انتظر دقيقة ثم حاول",
                en: "Too many messages to Slack: wait a minute and try again.")
        case .away:
            StatusMessage(
                ar: "تعذر الوصول إلى Slack: حاول بعد قليل", en: "Slack cannot be reached or is down: try again later.")
        case .unexpected(let status):
            StatusMessage(ar: "جواب غير متوقع من Slack: \(status)", en: "Slack answered \(status), unexpectedly.")
        }
    }

    /// Of a test that posts nothing.
    package var outcome: StatusFinding.Outcome {
        switch self {
        case .noText: .ok
        case .refused, .gone: .badCredential
        case .archived: .badConfig
        case .limited: .limited
        case .away: .unreachable
        // A test that was posted, or not understood, is no test.
        case .posted, .ourFault, .unexpected: .error
        }
    }
}

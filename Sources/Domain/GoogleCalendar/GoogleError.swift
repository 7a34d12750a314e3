/// Why Google did not do what was asked.
package enum GoogleError: Error, Sendable, Equatable {
    /// The refresh token was taken back or is too old: the owner has to let us in again.
    case revoked
    /// The program is not known, or its secret is wrong.
    case unknownClient
    /// The access token is not good any more; a new one may be.
    case staleToken
    /// The owner may not do this with the calendar.
    case noRight
    /// No such calendar, or none that the owner sees.
    case noCalendar
    /// Our id is taken: the event is there already.
    case duplicate
    case limited(retryAfter: Duration?)
    /// No answer, or a server's own trouble: says nothing about the key.
    case away
    /// A list has to be read from its beginning.
    case fullSyncRequired
    case unexpected(Int64)

    /// Of the token endpoint (RFC 6749 section 5.2).
    package init(tokenStatus status: Int, json: JSONValue?, retryAfter: Duration?) {
        switch (status, json?["error"]?.string) {
        case (_, "invalid_grant"?): self = .revoked
        case (_, "invalid_client"?), (_, "unauthorized_client"?): self = .unknownClient
        case (429, _): self = .limited(retryAfter: retryAfter)
        case (_, "internal_failure"?), (500..., _), (_, nil): self = .away
        default: self = .unexpected(Int64(status))
        }
    }

    /// Of the calendar ("Handle API errors").
    package init(status: Int, json: JSONValue?, retryAfter: Duration?) {
        let reason = json?["error"]?["errors"]?.array?.first?["reason"]?.string
        switch (status, reason) {
        case (_, "rateLimitExceeded"?), (_, "userRateLimitExceeded"?), (_, "quotaExceeded"?), (429, _):
            self = .limited(retryAfter: retryAfter)
        case (401, _): self = .staleToken
        case (409, _): self = .duplicate
        case (410, _): self = .fullSyncRequired
        case (500..., _): self = .away
        case (_, nil) where json?["error"] == nil: self = .away
        case (403, _): self = .noRight
        case (404, _): self = .noCalendar
        default: self = .unexpected(Int64(status))
        }
    }

    package var outcome: StatusFinding.Outcome {
        switch self {
        case .revoked, .unknownClient, .staleToken: .badCredential
        case .noRight, .noCalendar: .badConfig
        case .limited: .limited
        case .away: .unreachable
        case .duplicate, .fullSyncRequired, .unexpected: .error
        }
    }

    /// Says what is wrong and what to do.
    package var words: StatusMessage {
        switch self {
        case .revoked:
            StatusMessage(
                ar: "انتهى إذن جوجل أو أُلغي: أعد ربط التقويم وضع refresh_token الجديد",
                en: "Google's permission has ended or was taken back: connect the calendar again and set the new "
                    + "refresh_token.")
        case .unknownClient:
            StatusMessage(
                ar: "لا تعرف جوجل هذا البرنامج: صحح client_id وclient_secret",
                en: "Google does not know this program: correct client_id and client_secret.")
        case .staleToken:
            StatusMessage(
                ar: "رفضت جوجل المفتاح: أعد ربط التقويم", en: "Google refused the key: connect the calendar again.")
        case .noRight:
            StatusMessage(
                ar: "الحساب لا يملك صلاحية هذا التقويم: شاركه معه مع حق التعديل",
                en: "The account has no right to this calendar: share it with the right to change events.")
        case .noCalendar:
            StatusMessage(
                ar: "لا يوجد تقويم بهذا المعرف: صحح calendar_id", en: "There is no such calendar: correct calendar_id.")
        case .duplicate:
            StatusMessage(ar: "الموعد موجود", en: "The event is there already.")
        case .limited:
            StatusMessage(
                ar: "طلبات كثيرة إلى جوجل: انتظر دقيقة ثم حاول",
                en: "Too many requests to Google: wait a minute and try again.")
        case .away:
            StatusMessage(
                ar: "تعذر الوصول إلى جوجل: حاول بعد قليل", en: "Google cannot be reached: try again later.")
        case .fullSyncRequired:
            StatusMessage(ar: "يلزم قراءة التقويم من أوله", en: "The calendar has to be read from its beginning.")
        case .unexpected(let status):
            StatusMessage(ar: "جواب غير متوقع من جوجل: \(status)", en: "Google answered \(status), unexpectedly.")
        }
    }

    /// What it means for an event that the outbox wants written.
    package var refusal: SendRefusal {
        let kind: RefusalKind =
            switch self {
            case .revoked, .unknownClient, .staleToken: .auth
            case .noRight, .noCalendar: .config
            case .limited: .retrySlowNumber
            case .away: .retry
            case .duplicate, .fullSyncRequired, .unexpected: .permanent
            }
        let wait: Duration? = if case .limited(let retryAfter) = self { retryAfter } else { nil }
        return SendRefusal(kind, OutboxProblem(words), retryAfter: wait)
    }
}

package import Domain

/// Reads and writes one calendar at Google.
///
/// An event that is written has an id of ours, so that writing it again is harmless: a lost answer is as if nothing
/// had left, and Google's "duplicate" means that it is done.
package struct GoogleCalendarClient: Sendable {
    private let account: GoogleAccount
    private let client: OutboundClient
    private let access: GoogleAccess
    private let timeout: Duration

    /// Of one page of a list.
    private static let maxPageBytes = 4 * 1024 * 1024
    /// More pages than these are not read.
    private static let maxPages = 10

    /// - Parameters:
    ///   - timeout: For each request.
    ///   - keep: Gets a refresh token that takes the place of the configured one, to be stored.
    package init(
        _ account: GoogleAccount,
        client: OutboundClient,
        timeout: Duration = .seconds(20),
        keep: @escaping @Sendable (String) async -> Void = { _ in }
    ) {
        self.account = account
        self.client = client
        self.timeout = timeout
        access = GoogleAccess(account, client, timeout, keep: keep)
    }

    /// Whether this one may go on in place of the other: it is of the same account, and has its refresh token.
    package func worksAs(_ other: GoogleCalendarClient) async -> Bool { await access.worksAs(other.account) }

    /// Makes the calendar show an appointment as it is now: writes it, or changes the one that is there, also one that
    /// was removed. Doing it twice does it once. Never throws, because how it ended is the answer.
    package func book(_ booking: CalendarBooking, at moment: Timestamp) async -> SendOutcome {
        var result = await ask(at: moment, { .newEvent(of: account, $0.text, booking) })
        if case .failure(.duplicate) = result {
            result = await ask(at: moment, { .changedEvent(of: account, $0.text, booking) })
        }
        return Self.outcome(result, of: booking.id)
    }

    /// Takes an appointment out of the calendar; one that is not there is done. Never throws.
    package func remove(_ event: CalendarEventID, at moment: Timestamp) async -> SendOutcome {
        switch await ask(at: moment, { .removedEvent(of: account, $0.text, event) }) {
        // 404: it was never there. 410: it was removed before.
        case .failure(.noCalendar), .failure(.fullSyncRequired): .sent(event.text)
        case let result: Self.outcome(result, of: event)
        }
    }

    private static func outcome(_ result: Result<JSONValue, GoogleError>, of event: CalendarEventID) -> SendOutcome {
        switch result {
        case .success: .sent(event.text)
        case .failure(.away): .notSent(OutboxProblem(GoogleError.away.words))
        case .failure(let error): .refused(error.refusal)
        }
    }

    /// The events that touch a span of time, the earliest first; single ones of those that repeat.
    ///
    /// Throws `unavailable` for what may pass, and `conflict` for what a person has to look into.
    package func events(
        from start: Timestamp,
        to end: Timestamp,
        at moment: Timestamp
    ) async throws(HubError) -> [CalendarEvent] {
        var events: [CalendarEvent] = []
        var page: String?
        for _ in 0..<Self.maxPages {
            var query: FormFields = [
                "timeMin": start.rfc3339, "timeMax": end.rfc3339, "singleEvents": "true", "orderBy": "startTime",
                "maxResults": "250",
            ]
            if let page { query.append("pageToken", page) }
            switch await ask(at: moment, { .events(of: account, $0.text, query: query) }) {
            case .failure(let error): throw error.hubError
            case .success(let json):
                guard let items = json["items"]?.array else { throw GoogleError.away.hubError }
                events += items.compactMap(CalendarEvent.init(json:))
                page = json["nextPageToken"]?.string
            }
            if page == nil { break }
        }
        return events
    }

    /// Asks with a token, and once more with a new one when Google does not take it.
    private func ask(
        at moment: Timestamp,
        _ request: (GoogleToken) -> OutboundRequest
    ) async -> Result<JSONValue, GoogleError> {
        var stale: GoogleToken?
        while true {
            let token: GoogleToken
            switch await access.token(at: moment, insteadOf: stale) {
            case .failure(let error): return .failure(error)
            case .success(let good): token = good
            }
            let result = await ask(request(token))
            guard case .failure(.staleToken) = result, stale == nil else { return result }
            stale = token
        }
    }

    private func ask(_ request: OutboundRequest) async -> Result<JSONValue, GoogleError> {
        switch await client.send(request, within: timeout, maxBytes: Self.maxPageBytes) {
        case .failed: return .failure(.away)
        case .answer(let answer):
            // To a removal there is nothing to say.
            if answer.status == 204 { return .success(.null) }
            guard answer.status == 200 else {
                return .failure(GoogleError(status: answer.status, json: answer.json, retryAfter: answer.retryAfter))
            }
            return answer.json.map { .success($0) } ?? .failure(.away)
        }
    }
}

extension GoogleError {
    fileprivate var hubError: HubError {
        switch self {
        case .away, .limited: HubError(.unavailable, words.en)
        case .revoked, .unknownClient, .staleToken, .noRight, .noCalendar, .duplicate, .fullSyncRequired, .unexpected:
            .conflict(words.en)
        }
    }
}

package import Domain

/// Google Calendar: gets an access token, and reads one event. Whether events may be written is not tried.
package struct GoogleCalendarCheck: StatusCheck {
    package let name = "google_calendar"
    package let isIntegration = true
    private let fields: ServiceFields
    private let client: OutboundClient
    private let timeout: Duration

    private static let label = StatusMessage(ar: "تقويم جوجل", en: "Google Calendar")

    /// - Parameter timeout: For both requests together.
    package init(
        _ fields: ServiceFields,
        client: OutboundClient,
        timeout: Duration = OutboundClient.usualLimit
    ) {
        self.fields = fields
        self.client = client
        self.timeout = timeout
    }

    package func find() async -> StatusFinding {
        let account: GoogleAccount
        do throws(ServiceFieldsProblem) { account = try GoogleAccount(fields) } catch { return error.finding }
        let start = ContinuousClock.now
        let grant = ServiceProbe(Self.label, .token(of: account, account.refreshToken), client, timeout)
        let key: GoogleToken
        switch await grant.ask() {
        case .failure(let stop): return stop.finding
        case .success(let answer):
            guard answer.status == 200 else {
                return GoogleError(tokenStatus: answer.status, json: answer.json, retryAfter: nil).finding
            }
            // Its time does not matter: it is used at once.
            guard let token = GoogleToken(json: answer.json, at: Timestamp(milliseconds: 0)) else {
                return grant.unreachable
            }
            key = token
        }
        let rest = max(.milliseconds(1), timeout - (ContinuousClock.now - start))
        let probe = ServiceProbe(
            Self.label, .events(of: account, key.text, query: ["maxResults": "1"]), client, rest)
        return await probe.find { answer in
            guard answer.status == 200 else {
                return GoogleError(status: answer.status, json: answer.json, retryAfter: nil).finding
            }
            guard answer.json?["kind"]?.string == "calendar#events" else { return probe.unreachable }
            return StatusFinding(.ok, StatusMessage(ar: "متصل بالتقويم", en: "Connected to the calendar."))
        }
    }
}

extension GoogleError {
    var finding: StatusFinding { StatusFinding(outcome, words) }
}

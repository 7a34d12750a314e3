import Domain
import NIOHTTP1

extension OutboundRequest {
    /// Exchanges a refresh token for an access token.
    static func token(of account: GoogleAccount, _ refreshToken: String) -> OutboundRequest {
        OutboundRequest(.POST, account.tokenURL, form: account.grant(refreshToken))
    }

    static func events(of account: GoogleAccount, _ token: String, query: FormFields) -> OutboundRequest {
        var url = account.eventsURL
        url.target += "?\(query.text)"
        return OutboundRequest(.GET, url, headers: [("Authorization", "Bearer \(token)")])
    }

    /// Nobody is written to: the shop tells its customer itself.
    static func newEvent(of account: GoogleAccount, _ token: String, _ booking: CalendarBooking) -> OutboundRequest {
        var url = account.eventsURL
        url.target += "?sendUpdates=none"
        return OutboundRequest(.POST, url, headers: [("Authorization", "Bearer \(token)")], json: booking.json)
    }

    static func changedEvent(
        of account: GoogleAccount,
        _ token: String,
        _ booking: CalendarBooking
    ) -> OutboundRequest {
        OutboundRequest(
            .PATCH, one(booking.id, of: account), headers: [("Authorization", "Bearer \(token)")], json: booking.json)
    }

    static func removedEvent(
        of account: GoogleAccount,
        _ token: String,
        _ event: CalendarEventID
    ) -> OutboundRequest {
        OutboundRequest(.DELETE, one(event, of: account), headers: [("Authorization", "Bearer \(token)")])
    }

    private static func one(_ event: CalendarEventID, of account: GoogleAccount) -> OutboundURL {
        var url = account.eventsURL.appending(event.text)
        url.target += "?sendUpdates=none"
        return url
    }
}

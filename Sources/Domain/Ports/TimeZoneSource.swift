/// The IANA database of time zones, which lies outside.
package protocol TimeZoneSource: Sendable {
    /// Good for some years from `now` on; nil for a name that the database does not have.
    func table(of identifier: String, at now: Timestamp) -> TimeZoneTable?
}

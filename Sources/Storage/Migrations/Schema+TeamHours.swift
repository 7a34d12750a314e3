extension Schema {
    /// Business hours of a team's own; null keeps those of the shop.
    static let teamHours = Migration("team_hours") { _ in ["ALTER TABLE teams ADD COLUMN hours TEXT"] }
}

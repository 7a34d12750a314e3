extension Schema {
    /// Every hub asks twice a second which logins were ended.
    static let endedLogins = Migration("ended logins") { _ in
        ["CREATE INDEX refresh_tokens_revoked ON refresh_tokens (revoked_ms) WHERE revoked_ms IS NOT NULL"]
    }
}

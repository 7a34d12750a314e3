/// The settings of the shop; what the hub keeps for itself is elsewhere.
package protocol ShopSettingStore: Sendable {
    /// Every setting of the registry, in its order.
    func settings() async throws -> [ShopSettingState]

    /// Sets a value that was checked, or goes back to the default with nil.
    ///
    /// Throws `stale`, and `invalid` for a team that does not exist.
    func set(
        _ setting: ShopSetting,
        to value: JSONValue?,
        expected: Int64?,
        _ writing: Writing<ShopSettingState>
    ) async throws -> ShopSettingState

    /// Who changed it, the latest first, from the audit log.
    func history(of setting: ShopSetting, limit: Int) async throws -> [ShopSettingChange]

    /// The change that made a version; nil for one that never was.
    func version(_ number: Int64, of setting: ShopSetting) async throws -> ShopSettingChange?
}

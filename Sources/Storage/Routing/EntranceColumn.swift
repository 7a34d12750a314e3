import Domain

/// The team that new conversations of a channel belong to from the beginning, before routing has looked at them.
enum EntranceColumn {
    static let web = query(.web)
    static let whatsapp = query(.whatsapp)

    /// A scalar query; null for everybody's, also when the team was deleted since it was chosen.
    private static func query(_ channel: Conversation.Channel) -> String {
        """
        (SELECT t.id FROM shop_settings s JOIN teams t ON s.value = '"' || t.id || '"' \
        WHERE s.key = '\(ShopSetting.routingTeam(of: channel).key)')
        """
    }
}

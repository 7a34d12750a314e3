/// How far help for staff goes, as the shop has set it.
package struct HelpRules: Sendable, Equatable {
    package var shopNames: String
    /// What the shop tells its assistant of its manner.
    package var manner: String
    package var language = Language.arabic
    /// Of one member of staff, on one hub.
    package var requestsPerMinute: Int64 = 20
    /// Of a draft or a text to be translated.
    package var maxCharacters: Int64 = 8000
    /// Of a conversation, as the model is given it.
    package var maxContextTokens: Int64 = 6000
    package var maxAnswerTokens: Int64 = 800
    /// From the request to its end.
    package var maxTime = Duration.seconds(60)

    package init(shopNames: String, manner: String) {
        self.shopNames = shopNames
        self.manner = manner
    }

    package init(_ shop: ShopProfile) {
        self.init(
            shopNames: "\(shop.name(in: .arabic)) (\(shop.name(in: .english)))",
            manner: shop.value(of: .assistantInstructions).string ?? "")
        language = shop.language
        if let number = shop.value(of: .helpRequests).integer { requestsPerMinute = number }
        if let number = shop.value(of: .helpCharacters).integer { maxCharacters = number }
        if let number = shop.value(of: .helpContextTokens).integer { maxContextTokens = number }
        if let number = shop.value(of: .helpAnswerTokens).integer { maxAnswerTokens = number }
        if let number = shop.value(of: .helpSeconds).integer { maxTime = .seconds(number) }
    }
}

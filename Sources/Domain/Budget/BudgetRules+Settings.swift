/// The budgets as the shop's settings say them.
extension BudgetRules {
    package init(_ shop: ShopProfile, zone: TimeZoneTable) {
        func number(_ setting: ShopSetting) -> Int64 {
            shop.value(of: setting).integer ?? setting.standard.integer ?? 0
        }
        self.init(
            price: ModelPrice(
                prompt: number(.assistantPromptPrice),
                completion: number(.assistantCompletionPrice),
                currency: shop.value(of: .assistantCurrency).string.flatMap(Currency.init) ?? .riyal
            ),
            bounds: [
                .conversationTokens: number(.assistantConversationTokens),
                .conversationCost: number(.assistantConversationCost),
                .dayTokens: number(.assistantDayTokens),
                .dayCost: number(.assistantDayCost),
                .monthTokens: number(.assistantMonthTokens),
                .monthCost: number(.assistantMonthCost),
                .customerHour: number(.assistantCustomerHour),
                .customerDay: number(.assistantCustomerDay),
            ],
            warningPercent: number(.assistantWarningPercent),
            zone: zone
        )
    }
}

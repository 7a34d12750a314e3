/// How the work with Zid stands.
package struct ZidStanding: Sendable, Equatable {
    package let jobs: [ZidJob]
    package let deliveries: DeliveryStanding

    package init(jobs: [ZidJob], deliveries: DeliveryStanding) {
        self.jobs = jobs
        self.deliveries = deliveries
    }

    /// What customers wait for comes first.
    package var finding: StatusFinding {
        if deliveries.notEnough > 0 {
            return StatusFinding(
                .error,
                StatusMessage(
                    ar: "طلبات مدفوعة تنتظر أكوادًا: \(deliveries.notEnough). استورد أكوادًا",
                    en: "Paid orders that wait for codes: \(deliveries.notEnough). Import more."))
        }
        if deliveries.nobody > 0 {
            return StatusFinding(
                .error,
                StatusMessage(
                    ar: "طلبات مدفوعة لا يُعرف أين تُسلَّم: \(deliveries.nobody). سلّمها من المحادثة",
                    en: "Paid orders that nothing says where to deliver: \(deliveries.nobody). Hand them over."))
        }
        if let problem = jobs.compactMap(\.problem).first {
            return StatusFinding(
                .unreachable,
                StatusMessage(ar: "تعذرت المزامنة مع زد: اختبر الربط", en: "Zid is not looked at: \(problem)."))
        }
        return StatusFinding(
            .ok,
            StatusMessage(
                ar: "طلبات قيد التسليم: \(deliveries.owed)", en: "Orders that are being delivered: \(deliveries.owed).")
        )
    }
}

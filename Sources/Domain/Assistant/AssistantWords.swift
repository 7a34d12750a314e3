/// What the assistant says to customers and colleagues without a model.
package enum AssistantWords {
    /// What the customer is told when people go on.
    package static func notice(_ reason: AssistantHandover.Reason, in language: Language) -> String {
        switch (reason, language) {
        case (.asked, .arabic): "سأحوّلك إلى أحد زملائنا، وسيرد عليك هنا."
        case (.asked, .english): "I am handing you over to a colleague, who will answer you here."
        case (.unsure, .arabic), (.failed, .arabic), (.stopped, .arabic):
            "سيتابع معك أحد زملائنا هنا، شكرًا لانتظارك."
        case (.unsure, .english), (.failed, .english), (.stopped, .english):
            "A colleague will go on with you here. Thank you for waiting."
        }
    }

    /// What colleagues read in the side room.
    package static func note(_ reason: AssistantHandover.Reason, summary: String) -> String {
        let why =
            switch reason {
            case .asked: "طلب العميل موظفًا"
            case .unsure: "لم يعرف المساعد الجواب"
            case .failed: "تعذر على المساعد أن يجيب"
            case .stopped: "أُوقف المساعد"
            }
        return summary.isEmpty ? why : "\(why): \(summary)"
    }
}

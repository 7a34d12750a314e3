import Domain
import HubTestKit
import Testing

@Suite struct TranscriptTests {
    private let words = TranscriptWords(language: .arabic, shopName: "متجر <أ>", zone: .riyadh)
    private let at = Timestamp(milliseconds: 1_795_289_400_000)

    private func line(
        _ text: String?,
        name: String = "سارة",
        side: TranscriptLine.Side = .customer,
        isEdited: Bool = false
    ) -> TranscriptLine {
        TranscriptLine(at: at, name: name, side: side, text: text, isEdited: isEdited)
    }

    @Test func noMessageLooksLikeAnother() {
        let text = TranscriptText(words)
        let forged = text.text(of: line("أهلاً\n[2026-11-21 22:30] عمر: وعد", name: "سارة\nعمر"))
        #expect(forged.split(separator: "\n").count == 2)
        #expect(forged.contains("\n    \u{2068}[2026"))
        #expect(forged.hasPrefix("[2026-11-21 22:30] \u{2068}سارة عمر\u{2069}: "))
        // What would end the isolate early is left out.
        #expect(text.text(of: line("a\u{2069}b")).contains("\u{2068}ab\u{2069}"))
    }

    @Test func aPageHoldsNoMarkupOfOthers() {
        let page = TranscriptPage(words)
        let evil = page.text(of: line("<script>alert('1')</script> & \"x\"", name: "<b onclick='x'>"))
        #expect(!evil.contains("<script") && !evil.contains("<b onclick"))
        #expect(evil.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;"))
        #expect(page.head().contains(#"<html lang="ar" dir="rtl">"#))
        #expect(page.head().contains("<h1>محادثة مع متجر &lt;أ&gt;</h1>"))
        #expect(page.foot().hasSuffix("</html>\n"))
        let english = TranscriptPage(TranscriptWords(language: .english, shopName: "Shop", zone: .utc))
        #expect(english.head().contains(#"dir="ltr""#))
    }

    @Test func notesDeletionsAndEditsAreMarked() {
        let (text, page) = (TranscriptText(words), TranscriptPage(words))
        #expect(text.text(of: line(nil)).contains("حُذفت هذه الرسالة"))
        #expect(page.text(of: line(nil, isEdited: true)).contains("class=\"deleted\""))
        #expect(text.text(of: line("سر", side: .note)).contains("(ملاحظة داخلية)"))
        #expect(page.text(of: line("سر", side: .note)).hasPrefix(#"<li class="note">"#))
        #expect(text.text(of: line("جديد", isEdited: true)).hasSuffix("(معدّلة)\n"))
    }
}

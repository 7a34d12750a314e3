import HubTestKit
import Testing

@testable import Domain

@Suite struct PassageCutterTests {
    private func cut(_ body: String, _ maxLength: Int = 900, overlap: Int = 120) -> [String] {
        PassageCutter(maxLength: maxLength, overlap: overlap).passages(of: body).map(\.text)
    }

    @Test func aShortTextIsOnePassage() {
        #expect(cut("نسترد خلال ١٤ يومًا.\n\nبلا رسوم.") == ["نسترد خلال ١٤ يومًا.\n\nبلا رسوم."])
        #expect(cut(" \n\t\n").isEmpty)
    }

    @Test func headingsPartAndAreNamed() {
        let body = """
            قبل العناوين
            # الاسترجاع
            خلال ١٤ يومًا
            ## الشروط ##
            لم تُستعمل
            # الدفع
            مدى
            ### #لا
            ```
            # ليس عنوانًا
            ```
            """
        let passages = PassageCutter().passages(of: body)
        #expect(passages.map(\.heading) == ["", "الاسترجاع", "الاسترجاع › الشروط", "الدفع", "الدفع › #لا"])
        #expect(
            passages.map(\.text) == [
                "قبل العناوين", "خلال ١٤ يومًا", "لم تُستعمل", "مدى", "```\n# ليس عنوانًا\n```",
            ])
        #expect(passages.map(\.number) == [0, 1, 2, 3, 4])
        #expect(PassageCutter().passages(of: "# عنوان وحده").map(\.text) == ["عنوان وحده"])
        #expect(passages[2].meaning(in: "السياسة") == "السياسة\nالاسترجاع › الشروط\nلم تُستعمل")
    }

    @Test func aLongTextIsCutBetweenSentencesAndRepeatsTheLast() {
        let body = "جملة أولى هنا. جملة ثانية هنا. جملة ثالثة هنا. جملة رابعة هنا."
        let texts = cut(body, 36, overlap: 16)
        #expect(
            texts == [
                "جملة أولى هنا. جملة ثانية هنا.", "جملة ثانية هنا. جملة ثالثة هنا.",
                "جملة ثالثة هنا. جملة رابعة هنا.",
            ])
    }

    @Test func aParagraphThatFitsIsNotCut() {
        let texts = cut("فقرة قصيرة أولى.\n\nفقرة ثانية. من جملتين.", 30, overlap: 0)
        #expect(texts == ["فقرة قصيرة أولى.", "فقرة ثانية. من جملتين."])
    }

    /// Whatever is cut: nothing is lost, nothing is too long, and the same text gives the same passages.
    @Test(arguments: 0..<200)
    func nothingIsLostAndNothingIsTooLong(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let words = [
            "استرجاع", "بطاقة", "a", "خلال", "\u{1F469}\u{200D}\u{1F467}",
            "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
        ]
        let breaks = [" ", " ", ". ", "؟ ", "\n", "\n\n", "\n# ", "…"]
        var body = ""
        for _ in 0..<Int.random(in: 1...120, using: &random) {
            body += (words.randomElement(using: &random) ?? "") + (breaks.randomElement(using: &random) ?? "")
        }
        // No word of those that are looked for must be cut.
        let (maxLength, overlap) = (Int.random(in: 40...90, using: &random), Int.random(in: 0...24, using: &random))
        let cutter = PassageCutter(maxLength: maxLength, overlap: overlap)
        let passages = cutter.passages(of: body)
        #expect(passages.allSatisfy { (1...maxLength).contains($0.text.count) }, "\(maxLength) \(overlap) \(body)")
        #expect(passages == cutter.passages(of: body))
        let found = passages.map { $0.heading + " " + $0.text }.joined(separator: " ")
        for word in words.prefix(5) where body.contains(word) { #expect(found.contains(word)) }
    }
}

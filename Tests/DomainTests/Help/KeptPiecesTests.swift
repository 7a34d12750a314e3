import HubTestKit
import Testing

@testable import Domain

@Suite struct KeptPiecesTests {
    @Test(arguments: [
        ("رمزك ABCD-1234-EFGH وشكرًا", "رمزك ⟦1⟧ وشكرًا", ["ABCD-1234-EFGH"]),
        (
            "افتح https://shop.example/a?b=1، ثم www.shop.example.", "افتح ⟦1⟧، ثم ⟦2⟧.",
            [
                "https://shop.example/a?b=1", "www.shop.example",
            ]
        ),
        ("راسلنا: help@shop.example!", "راسلنا: ⟦1⟧!", ["help@shop.example"]),
        ("اتصل على +966500000000", "اتصل على ⟦1⟧", ["+966500000000"]),
        ("order 2026-11-21 (TC-2041-88)", "order ⟦1⟧ (⟦2⟧)", ["2026-11-21", "TC-2041-88"]),
        ("الرمز:XKCD99", "الرمز:⟦1⟧", ["XKCD99"]),
        ("serial 12345678", "serial ⟦1⟧", ["12345678"]),
        ("code QWER-TYUI-OPAS", "code ⟦1⟧", ["QWER-TYUI-OPAS"]),
        ("a ⟦1⟧ b", "a ⟦1⟧1⟦2⟧ b", ["⟦", "⟧"]),
        ("بخمسين ريالًا", "بخمسين ريالًا", []),
        ("It costs 49.50, or 1,000,000 for all. Well-known!", "It costs 49.50, or 1,000,000 for all. Well-known!", []),
        ("", "", []),
    ])
    func linksAndCodesBecomeMarks(text: String, marked: String, pieces: [String]) {
        let kept = KeptPieces(text)
        #expect(kept.marked == marked)
        #expect(kept.pieces == pieces)
        // Who copies all marks gives all of it back.
        var reader = MarkReader(pieces)
        #expect(reader.take(marked) + reader.flush() == text)
        #expect(kept.missing(from: text, used: reader.used).isEmpty)
    }

    @Test(arguments: [
        ("السعر ٤٩٫٥٠ ريالًا", "The price is 49.50 SAR", []),
        ("It is 1,000 riyals", "السعر ١٬٠٠٠ ريال", []),
        ("It is 50 riyals, in 3 days", "السعر خمسون ريالًا خلال ثلاثة أيام", ["50"]),
        ("رمز AB-1234 و 75", "The code and 75", ["AB-1234"]),
    ])
    func whatIsMissingIsTold(text: String, translation: String, missing: [String]) {
        #expect(KeptPieces(text).missing(from: translation, used: []) == missing)
    }

    @Test func marksAreReadWhereverTheyAreCut() {
        let text = "The code ⟦1⟧, then ⟦ ٢ ⟧; ⟦9⟧ ⟦x⟧ ⟦1 and ⟦"
        let whole = "The code A1, then B2; ⟦9⟧ ⟦x⟧ ⟦1 and ⟦"
        let scalars = Array(text.unicodeScalars)
        for cut in 0...scalars.count {
            var reader = MarkReader(["A1", "B2"])
            var read = ""
            for part in [scalars[..<cut], scalars[cut...]] {
                var piece = String.UnicodeScalarView()
                piece.append(contentsOf: part)
                read += reader.take(String(piece))
            }
            #expect(read + reader.flush() == whole, "cut at \(cut)")
            #expect(reader.used == [1, 2])
        }
    }

    @Test func withoutPiecesNothingIsHeldBack() {
        var reader = MarkReader([])
        #expect(reader.take("⟦1") == "⟦1" && reader.flush().isEmpty)
    }

    @Test(arguments: [
        ("كم السعر؟", Language.arabic), ("How much?", .english), ("كم سعر iTunes الآن؟", .arabic), ("50 👍", nil),
        ("", nil),
    ])
    func theLanguageIsThatOfMostLetters(text: String, language: Language?) {
        #expect(Language.mostOf(text) == language)
    }
}

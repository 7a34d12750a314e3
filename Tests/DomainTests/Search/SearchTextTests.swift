import Domain
import HubTestKit
import Testing

@Suite struct SearchTextTests {
    /// Spellings that must find each other.
    @Test(arguments: [
        ("hamza and alef forms", ["أحمد", "احمد", "إحمد", "آحمد", "ٱحمد", "أَحْمَد"]),
        ("hamza on its seat", ["مسؤول", "مسوول"]),
        ("hamza on yaa", ["رئيس", "رييس"]),
        ("taa marbuta", ["فاتورة", "فاتوره"]),
        ("alef maqsura", ["مستشفى", "مستشفي", "مستشفی"]),
        ("diacritics", ["مُحَمَّد", "محمد", "محمّد"]),
        ("tatweel", ["مـــحمد", "محمد"]),
        ("Persian letters", ["کتاب", "كتاب"]),
        ("digits", ["طلب ١٢٣", "طلب 123", "طلب ۱۲۳"]),
        ("marks of direction", ["\u{200F}سلام\u{200E}", "سلام", "\u{202B}سلام\u{202C}", "\u{2067}سلام\u{2069}"]),
        ("joiners", ["می\u{200C}خواهم", "ميخواهم"]),
        ("case", ["Order", "ORDER", "order"]),
        ("accents", ["café", "cafe\u{301}", "cafe", "CAFÉ"]),
        ("punctuation and space", ["طلب رقم 5", "طلب،   رقم: 5!", "طلب\nرقم\t5", "«طلب» (رقم) #5"]),
        ("Latin accents", ["naïve señor façade übung", "naive senor facade ubung"]),
    ])
    func spellingsFindEachOther(what: String, spellings: [String]) {
        #expect(Set(spellings.map(SearchText.fold)).count == 1, "\(what): \(spellings.map(SearchText.fold))")
    }

    @Test(arguments: [
        ("كتاب", "كاتب"), ("سلم", "سلام"), ("ذهب", "دهب"), ("حمد", "محمد"), ("12", "21"), ("ضرب", "طرب"),
    ])
    func differentWordsStayDifferent(one: String, other: String) {
        #expect(SearchText.fold(one) != SearchText.fold(other))
    }

    @Test(arguments: [
        ("", ""), ("   ", ""), ("!?…،؛", ""), ("😀", ""), ("ً", ""), ("a", "a"), (" a  b ", "a b"),
        ("سلام😀عليكم", "سلام عليكم"),
        ("a-b_c", "a b c"), ("x² ½", "x² ½"), ("ABC-123", "abc 123"),
    ])
    func folds(text: String, folded: String) {
        #expect(SearchText.fold(text) == folded)
    }

    @Test func foldingTwiceChangesNothing() {
        var random = SeededRandom(seed: 1)
        let alphabet = Array("أإآٱاؤئىيةهكگـًٌٍَُِّْ٠١٢۳4 ،.!aZéÇñ\u{200F}\u{200C}😀İß".unicodeScalars)
        for _ in 0..<2000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...12, using: &random) { text.unicodeScalars.append(random.pick(alphabet)) }
            let folded = SearchText.fold(text)
            #expect(SearchText.fold(folded) == folded)
            #expect(folded.first != " " && folded.last != " " && !folded.contains("  "))
        }
    }
}

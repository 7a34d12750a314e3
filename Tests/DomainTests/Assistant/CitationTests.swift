import HubTestKit
import Testing

@testable import Domain

@Suite struct CitationTests {
    /// What is shown of an answer, and what it cites.
    private static func read(_ pieces: [String]) -> (String, [Int]) {
        var reader = CitationReader()
        let shown = pieces.map { reader.take($0) }.joined() + reader.finish()
        return (shown, reader.numbers)
    }

    private static let answers: [(String, shown: String, [Int])] = [
        ("خلال ١٤ يومًا [#1].", "خلال ١٤ يومًا.", [1]),
        ("نعم [#2][#1] ولا [#2]", "نعم ولا", [2, 1]),
        ("كلاهما [#1, #3]، والآخر [# ٤]", "كلاهما، والآخر", [1, 3, 4]),
        ("a  \u{A0}[#1،#2] b", "a b", [1, 2]),
        ("[#1] أولًا", " أولًا", [1]),
        ("سطر\n[#1]\nسطر", "سطر\n\nسطر", [1]),
        ("لا مراجع هنا  ", "لا مراجع هنا  ", []),
        ("[1] و[رابط](https://x) و[#a] و[#] و[", "[1] و[رابط](https://x) و[#a] و[#] و[", []),
        ("[[#7]]", "[]", [7]),
        ("[#12 [#3]", "[#12 ", [3]),
        ("[#" + String(repeating: "1", count: 60) + "]", "[#" + String(repeating: "1", count: 60) + "]", []),
        ("👩‍👧 [#5]😀", "👩‍👧😀", [5]),
        ("[#999999999999]", "", [999_999]),
        ("أ [#1", "أ [#1", []),
    ]

    @Test(arguments: answers)
    func marksAreTakenOut(_ answer: String, _ shown: String, _ numbers: [Int]) {
        #expect(Self.read([answer]) == (shown, numbers))
    }

    /// Wherever it is cut, the same is shown, and never a part of a mark.
    @Test(arguments: answers)
    func cutAnywhereItIsTheSame(_ answer: String, _ shown: String, _ numbers: [Int]) {
        let scalars = Array(answer.unicodeScalars)
        func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
        for first in 0...scalars.count {
            for second in first...scalars.count {
                let pieces = [text(0..<first), text(first..<second), text(second..<scalars.count)]
                #expect(Self.read(pieces) == (shown, numbers), "at \(first) and \(second)")
            }
        }
        #expect(Self.read(scalars.map { String($0) }) == (shown, numbers))
    }

    @Test func nothingButAPossibleMarkIsHeldBack() {
        var reader = CitationReader()
        #expect(reader.take("خلال يوم") == "خلال يوم")
        #expect(reader.take(" ") == "" && reader.take("[#") == "" && reader.take("1") == "")
        #expect(reader.take("] ثم") == " ثم")
        #expect(reader.take(" [") == "" && reader.take("x") == " [x")
    }

    @Test func onlyWhatWasFoundCanBeCited() {
        var ledger = CitationLedger()
        #expect(ledger.sources(cited: [1]).isEmpty)
        let told = ledger.note([.sample(1, "أ"), .sample(2, "ب"), .sample(1, at: 1, "ج")])
        #expect(told.array?.compactMap { $0["ref"]?.string } == ["[#1]", "[#2]", "[#1]"])
        #expect(ledger.note([.sample(2, "د"), .sample(3, "ه")]).array?.last?["ref"] == "[#3]")
        let cited = ledger.sources(cited: [3, 0, 9, 1])
        #expect(cited.map(\.article) == [.sample(3), .sample(1)])
        #expect(cited.first?.url == "https://shop.example/3")
    }

    // MARK: The message

    private static let source = CitedText.Source(
        article: .sample(1), title: "سياسة الاسترجاع", url: "https://shop.example/r")
    private static let bare = CitedText.Source(article: .sample(2), title: "الدفع", url: nil)

    @Test func aCitedTextIsKeptAndReadBack() throws {
        let body = MessageBody.cited(try #require(CitedText("خلال يومين.", [Self.source, Self.bare])))
        #expect(body.kind == .text && body.plainText == "خلال يومين.")
        let json = try JSONParser.parse(body.json.text, maxDepth: 8)
        #expect(MessageBody(kind: .text, json: json) == body)
        #expect(json["sources"]?.array?.last == ["article": .string(ArticleID.sample(2).text), "title": "الدفع"])
        #expect(body.fullText == "خلال يومين.\n\n📄 سياسة الاسترجاع\nhttps://shop.example/r\n📄 الدفع")
        #expect(CitedText("نص", []) == nil)
    }

    @Test(arguments: [#"{"text":"a"}"#, #"{"text":"a","sources":[]}"#, #"{"text":"a","sources":[{"title":"x"}]}"#])
    func whatHasNoSourcesIsAPlainText(_ json: String) throws {
        #expect(MessageBody(kind: .text, json: try JSONParser.parse(json, maxDepth: 8)) == .text("a"))
    }

    @Test func whatsAppGetsTheSourcesAsLines() throws {
        let body = MessageBody.cited(try #require(CitedText("نعم", [Self.source])))
        #expect(OutboundPlan(body) == OutboundPlan(.text("نعم\n\n📄 سياسة الاسترجاع\nhttps://shop.example/r")))
    }
}

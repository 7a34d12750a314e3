import Domain
import Foundation
import Testing

@testable import RestFacade

/// The check and the pattern that OpenAPI shows must say the same.
@Suite struct TextRuleTests {
    private static let rules: [TextRule] = [
        TextRule(.line, 1...40), TextRule(.prose, 0...40), .email, .link, .phone, .currency, .key(40),
        .id(prefix: "p_"),
    ]

    private static let texts = [
        "", " ", "\t", "a", " a ", "سارة", "سطر\nآخر", "a\u{7F}b", "a\0b", "\u{A0}", "a@b.c", "a@b", "@b.c", "a@b..c",
        "a@b.c.", "a b@c.d", "a@b@c.d", "https://x", "http://", "https://x y", "https://é", "ftp://x.y",
        "+966501234567",
        "+0501234567", "966501234567", "+96650123456a", "SAR", "sar", "SARS", "a.b_c:d-e", "a/b",
        "p_01ARZ3NDEKTSV4RRFFQ69G5FAV", "p_81ARZ3NDEKTSV4RRFFQ69G5FAV", "p_01ARZ3NDEKTSV4RRFFQ69G5FAI",
        "r_01ARZ3NDEKTSV4RRFFQ69G5FAV", String(repeating: "ا", count: 41),
    ]

    @Test(arguments: rules, texts)
    func theCheckSaysWhatThePatternSays(rule: TextRule, text: String) throws {
        let pattern = try #require(rule.pattern)
        let expression = try NSRegularExpression(pattern: pattern)
        let range = NSRange(text.startIndex..., in: text)
        let fits =
            expression.firstMatch(in: text, range: range) != nil
            && rule.length.contains(text.unicodeScalars.count)
        #expect((rule.problem(with: text, at: "/x") == nil) == fits)
    }

    @Test func lengthsCountWhatPeopleCallLettersAsTheStandardDoes() {
        #expect(TextRule(.line, 1...2).problem(with: "سَ", at: "") == nil)
        #expect(TextRule(.line, 1...2).problem(with: "سَر", at: "/n")?.code == "too_long")
    }
}

import Testing

@testable import Hub

@Suite struct PasswordPolicyTests {
    @Test func lengthCountsAsPeopleCount() {
        #expect(PasswordPolicy.problem(of: "1234567") == "is shorter than 8 characters")
        #expect(PasswordPolicy.problem(of: "12345678") == nil)
        #expect(PasswordPolicy.problem(of: "كلمةسرية") == nil)
        #expect(PasswordPolicy.problem(of: String(repeating: "👩‍👩‍👧", count: 7)) == "is shorter than 8 characters")
        #expect(PasswordPolicy.problem(of: String(repeating: "x", count: 1025))?.contains("1024 bytes") == true)
        #expect(PasswordPolicy.problem(of: "abcdefgh\u{7}")?.contains("control") == true)
    }

    @Test func generatedOnesAreGoodAndDifferent() {
        var random = SystemRandomNumberGenerator()
        let made = (0..<100).map { _ in PasswordPolicy.generate(using: &random) }
        #expect(Set(made).count == 100)
        #expect(made.allSatisfy { $0.wholeMatch(of: /[0-9a-z]{5}(-[0-9a-z]{5}){3}/) != nil })
        #expect(made.allSatisfy { PasswordPolicy.problem(of: $0) == nil })
    }
}

import Testing

@testable import Hub

@Suite struct SpellingTests {
    @Test(arguments: [
        ("", "", 0), ("abc", "", 3), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1), ("prot", "port", 1),
        ("kitten", "sitting", 3),
    ])
    func countsTheEdits(_ left: String, _ right: String, _ distance: Int) {
        #expect(Spelling.distance(Array(left.utf8), Array(right.utf8)) == distance)
        #expect(Spelling.distance(Array(right.utf8), Array(left.utf8)) == distance)
    }

    @Test(arguments: [
        ("ALLOWED_ORIGIN", "ALLOWED_ORIGINS"), ("DATABSE_URL", "DATABASE_URL"), ("port", "PORT"),
        ("HUB_LOGIN_BURTS", "HUB_LOGIN_BURST"), ("TLS_CRT", "TLS_CERT"),
    ])
    func findsWhatWasMeant(_ written: String, _ meant: String) {
        #expect(Spelling.closest(to: written, among: Settings.all.map(\.name)) == meant)
    }

    @Test func suggestsNothingForSomethingElse() {
        #expect(Spelling.closest(to: "AWS_REGION", among: Settings.all.map(\.name)) == nil)
    }
}

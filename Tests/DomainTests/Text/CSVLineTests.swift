import Domain
import Testing

@Suite struct CSVLineTests {
    @Test func cellsThatNeedItAreQuoted() {
        #expect(CSVLine.text(["a", nil, "", "b c"]) == "a,,,b c\r\n")
        let quoted = CSVLine.text([#"he said "no""#, "a,b", "two\nlines"])
        #expect(quoted == "\"he said \"\"no\"\"\",\"a,b\",\"two\nlines\"\r\n")
        #expect(CSVLine.text(["بطاقة ٥٠"]) == "بطاقة ٥٠\r\n")
    }

    @Test(arguments: ["=1+1", "+966", "-2", "@SUM(A1)", "\tx"])
    func noCellIsAFormula(_ text: String) {
        #expect(CSVLine.text([text]) == "'\(text)\r\n")
    }
}

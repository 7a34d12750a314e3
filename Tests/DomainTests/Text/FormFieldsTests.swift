import Domain
import Testing

@Suite struct FormFieldsTests {
    @Test func allButUnreservedCharactersAreEncoded() {
        let form: FormFields = ["To": "+966501234567", "Body": "مرحبا & a=b~", "x y": ""]
        #expect(form.text == "To=%2B966501234567&Body=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7%20%26%20a%3Db~&x%20y=")
        #expect(FormFields(form.text) == form)
    }

    @Test func aFormIsReadAsBrowsersWriteIt() throws {
        let form = try #require(FormFields("a=1+2&b=%zz&c&&a=%D9%85%00&=v&d=%2b"))
        #expect(form.pairs.map(\.name) == ["a", "b", "c", "a", "", "d"])
        #expect(form["a"] == "1 2" && form["b"] == "%zz" && form["c"] == nil && form["d"] == "+")
    }

    @Test func tooManyFieldsAreNoForm() {
        #expect(FormFields(Array(repeating: "a=1", count: 256).joined(separator: "&")) != nil)
        #expect(FormFields(Array(repeating: "a=1", count: 257).joined(separator: "&")) == nil)
    }
}

import Domain
import HubTestKit
import Testing

@Suite struct JSONWriterTests {
    @Test func putsCommasBetweenElementsOnly() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("a")
        writer.beginArray()
        writer.integer(1)
        writer.bool(true)
        writer.null()
        writer.beginArray()
        writer.endArray()
        writer.beginObject()
        writer.endObject()
        writer.string("x")
        writer.endArray()
        writer.key("b" as String)
        writer.raw("[0]")
        writer.key("c")
        writer.bool(false)
        writer.endObject()
        #expect(writer.text == #"{"a":[1,true,null,[],{},"x"],"b":[0],"c":false}"#)
    }

    @Test func putsIDsAsTheirTexts() throws {
        var random = SeededRandom(seed: 1)
        let (room, user) = (RoomID.make(at: Samples.start, using: &random), UserID.unguessable())
        var writer = JSONWriter()
        writer.beginObject()
        writer.key(room)
        writer.id(user)
        writer.key("all")
        writer.beginArray()
        writer.id(room)
        writer.id(room)
        writer.endArray()
        writer.endObject()
        #expect(writer.text == #"{"\#(room)":"\#(user)","all":["\#(room)","\#(room)"]}"#)
    }

    @Test(arguments: [
        ("", #""""#),
        ("plain", #""plain""#),
        ("\"\\/", #""\"\\/""#),
        ("a\nb", #""a\nb""#),
        ("\u{1}\u{8}\t\r\u{1F}", #""\u0001\u0008\u0009\u000d\u001f""#),
        ("\u{7F}\u{2028}", "\"\u{7F}\u{2028}\""),
        ("سلام 😀", "\"سلام 😀\""),
    ])
    func escapesWhatMustBeEscaped(text: String, json: String) throws {
        #expect(JSONValue.string(text).text == json)
        #expect(try JSONParser.parse(json) == .string(text))
    }

    @Test func keysAreEscapedToo() {
        #expect(JSONValue.object(["a\"\n": .null]).text == #"{"a\"\n":null}"#)
    }

    @Test func equalObjectsHaveEqualTexts() {
        let names = (0..<50).map { "k\($0)" }
        let one = JSONValue.object(Dictionary(uniqueKeysWithValues: names.map { ($0, .null) }))
        let other = JSONValue.object(Dictionary(uniqueKeysWithValues: names.reversed().map { ($0, .null) }))
        #expect(one.text == other.text)
        #expect(JSONValue.object(["b": .null, "a": .null, "B": .null]).text == #"{"B":null,"a":null,"b":null}"#)
    }

    @Test(arguments: [
        (JSONValue.integer(.min), "-9223372036854775808"),
        (.integer(.max), "9223372036854775807"),
        (.number(5), "5.0"),
        (.number(-0.0), "-0.0"),
        (.number(0.1), "0.1"),
        (.number(1e300), "1e+300"),
        (.number(.leastNonzeroMagnitude), "5e-324"),
    ])
    func numbersAreReadBackAsTheyWere(value: JSONValue, json: String) throws {
        #expect(value.text == json)
        #expect(try JSONParser.parse(json) == value)
    }
}

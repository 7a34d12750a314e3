import Testing

@testable import Domain

@Suite struct JSONParserTests {
    @Test(arguments: [
        ("null", JSONValue.null),
        ("true", .bool(true)),
        (" false\n", .bool(false)),
        ("\t\r\n {} ", .object([:])),
        ("[]", .array([])),
        ("[ ]", .array([])),
        ("[1 , 2]", .array([.integer(1), .integer(2)])),
        (#"{"a":{"b":[null]}}"#, .object(["a": .object(["b": .array([.null])])])),
        (#"{ "a" : 1 , "b" : 2 }"#, .object(["a": .integer(1), "b": .integer(2)])),
        (#"{"":0}"#, .object(["": .integer(0)])),
        (#"{"a":1,"A":2}"#, .object(["a": .integer(1), "A": .integer(2)])),
        (#""""#, .string("")),
        (#""سلام""#, .string("سلام")),
        (#""\u0633\u0644\u0627\u0645""#, .string("سلام")),
        (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
        (#""\u001f\u007F""#, .string("\u{1F}\u{7F}")),
        (#""\uD83D\uDE00""#, .string("😀")),
        (#""a\ud83d\ude00b""#, .string("a😀b")),
        (#""\uDBFF\uDFFF""#, .string("\u{10FFFF}")),
        (#""\uE000\uFFFF""#, .string("\u{E000}\u{FFFF}")),
        ("\"\u{7F}\u{2028}\u{FEFF}\"", .string("\u{7F}\u{2028}\u{FEFF}")),
    ])
    func accepts(text: String, value: JSONValue) throws {
        #expect(try JSONParser.parse(text) == value)
    }

    @Test(arguments: [
        ("0", JSONValue.integer(0)),
        ("-0", .integer(0)),
        ("-1", .integer(-1)),
        ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        ("-9223372036854775809", .number(-9_223_372_036_854_775_808)),
        ("1.0", .number(1)),
        ("0.5", .number(0.5)),
        ("-0.0", .number(-0.0)),
        ("1e2", .number(100)),
        ("1E+2", .number(100)),
        ("25e-1", .number(2.5)),
        ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
        ("5e-324", .number(.leastNonzeroMagnitude)),
    ])
    func keepsIntegersApartFromFractions(text: String, value: JSONValue) throws {
        #expect(try JSONParser.parse(text) == value)
    }

    @Test(arguments: [
        ("", JSONParseError.Reason.unexpectedEnd, 0),
        ("  ", .unexpectedEnd, 2),
        ("nul", .unexpectedEnd, 3),
        ("nulL", .unexpectedByte, 3),
        ("True", .unexpectedByte, 0),
        ("NaN", .unexpectedByte, 0),
        ("Infinity", .unexpectedByte, 0),
        ("'a'", .unexpectedByte, 0),
        ("1 2", .unexpectedByte, 2),
        ("{} x", .unexpectedByte, 3),
        ("/**/1", .unexpectedByte, 0),
        ("\u{FEFF}1", .unexpectedByte, 0),
        ("\u{A0}1", .unexpectedByte, 0),
        ("[", .unexpectedEnd, 1),
        ("[1", .unexpectedEnd, 2),
        ("[1,", .unexpectedEnd, 3),
        ("[1,]", .unexpectedByte, 3),
        ("[,1]", .unexpectedByte, 1),
        ("[1 2]", .unexpectedByte, 3),
        ("[1}", .unexpectedByte, 2),
        ("]", .unexpectedByte, 0),
        ("{", .unexpectedEnd, 1),
        (#"{"a"}"#, .unexpectedByte, 4),
        (#"{"a":}"#, .unexpectedByte, 5),
        (#"{"a":1"#, .unexpectedEnd, 6),
        (#"{"a":1,}"#, .unexpectedByte, 7),
        ("{a:1}", .unexpectedByte, 1),
        ("{1:1}", .unexpectedByte, 1),
        ("-", .badNumber, 1),
        ("+1", .unexpectedByte, 0),
        (".5", .unexpectedByte, 0),
        ("01", .badNumber, 2),
        ("-01", .badNumber, 3),
        ("1.", .badNumber, 2),
        ("1.e1", .badNumber, 2),
        ("1e", .badNumber, 2),
        ("1e+", .badNumber, 3),
        ("1eE1", .badNumber, 2),
        ("1e400", .badNumber, 5),
        ("0x10", .unexpectedByte, 1),
        ("1_000", .unexpectedByte, 1),
        ("\"", .unexpectedEnd, 1),
        ("\"a", .unexpectedEnd, 2),
        ("\"a\nb\"", .badString, 2),
        ("\"\u{0}\"", .badString, 1),
        ("\"\u{1F}\"", .badString, 1),
        ("\"\\n\n\"", .badString, 3),
        (#""\"#, .unexpectedEnd, 2),
        (#""\x41""#, .badString, 3),
        (#""\U0041""#, .badString, 3),
        (#""\u00""#, .unexpectedEnd, 3),
        (#""\u00g0""#, .badString, 5),
        (#""\uD800""#, .badString, 7),
        (#""\uDC00""#, .badString, 7),
        (#""\uD800\n""#, .badString, 8),
        (#""\uD800\u0041""#, .badString, 13),
        (#""\uD800\uD800""#, .badString, 13),
        (#""\uD83D\uDE""#, .unexpectedEnd, 9),
        (#"{"a":1,"a":2}"#, .duplicateKey, 7),
        (#"{"a":1,"\u0061":1}"#, .duplicateKey, 7),
        (#"{"a":{"b":1,"b":1}}"#, .duplicateKey, 12),
    ])
    func refuses(text: String, reason: JSONParseError.Reason, offset: Int) throws {
        let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(text) }
        #expect(error == JSONParseError(reason: reason, offset: offset))
    }

    @Test func errorSaysWhatAndWhere() throws {
        let error = try #require(throws: JSONParseError.self) { try JSONParser.parse("[1,]") }
        #expect(error.description == "not valid JSON: unexpected character at byte 3")
    }

    @Test func acceptsExactlyTheDepthThatIsAllowed() throws {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}"), (#"[{"a":"#, "}]")] {
            let levels = open.first == "[" && open.count > 1 ? 8 : 16
            let deepest =
                String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
            _ = try JSONParser.parse(deepest)
            let error = try #require(throws: JSONParseError.self) { try JSONParser.parse("[" + deepest + "]") }
            #expect(error.reason == .tooDeep)
        }
        #expect(try JSONParser.parse("[[[]]]", maxDepth: 3) == .array([.array([.array([])])]))
        #expect(throws: JSONParseError(reason: .tooDeep, offset: 2)) { try JSONParser.parse("[[[]]]", maxDepth: 2) }
        #expect(try JSONParser.parse("1", maxDepth: 0) == .integer(1))
    }

    @Test func floodOfBracketsEndsAtTheLimit() throws {
        for bracket in ["[", #"{"a":"#] {
            let error = try #require(throws: JSONParseError.self) {
                try JSONParser.parse(String(repeating: bracket, count: 100_000))
            }
            #expect(error.reason == .tooDeep)
        }
    }

    @Test func clientsMaySendNoNUL() throws {
        #expect(try JSONParser.parse(#""a\u0000b""#) == .string("a\u{0}b"))
        for text in [#""a\u0000b""#, #"{"\u0000":1}"#] {
            let error = try #require(throws: JSONParseError.self) { try JSONParser.parse(text, acceptsNUL: false) }
            #expect(error.reason == .badString)
        }
    }

    @Test func widthIsNotDepth() throws {
        let wide = "[" + Array(repeating: "[]", count: 10_000).joined(separator: ",") + "]"
        #expect(try JSONParser.parse(wide, maxDepth: 2).array?.count == 10_000)
    }

    @Test func parsesAPartOfABuffer() throws {
        let bytes = Array("xx[1]yy".utf8)
        let value = try bytes.withUnsafeBytes { try JSONParser.parse(bytes: .init(rebasing: $0[2..<5])) }
        #expect(value == .array([.integer(1)]))
    }
}

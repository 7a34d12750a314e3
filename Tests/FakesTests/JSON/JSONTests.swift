import Foundation
import Testing

@testable import Fakes

@Suite struct JSONTests {
    @Test func whatIsNotASCIIIsEscapedInLowerCaseHex() {
        let value: JSON = ["b": "مرحبا", "a": "😀\n\"\\"]
        #expect(
            value.escaped
                == #"{"a":"\ud83d\ude00\u000a\"\\","b":"\u0645\u0631\u062d\u0628\u0627"}"#)
    }

    @Test func otherServersWriteUTF8() {
        let value: JSON = ["a": "مرحبا 😀\n\"\u{2028}"]
        #expect(value.text == "{\"a\":\"مرحبا 😀\\u000a\\\"\u{2028}\"}")
    }

    @Test func itReadsWhatItWrites() throws {
        let value: JSON = [
            "nothing": .null, "yes": true, "many": 9_007_199_254_740_993, "half": .number(0.5), "list": [1, "٢", []],
            "object": [:],
        ]
        #expect(try JSON.parse(Data(value.escaped.utf8)) == value)
        #expect(try JSON.parse(Data(value.text.utf8)) == value)
    }

    @Test(arguments: ["", "{", "nul", "[1 2]", "{\"a\" 1}"])
    func garbageIsRefused(_ text: String) {
        #expect(throws: (any Error).self) { try JSON.parse(Data(text.utf8)) }
    }
}

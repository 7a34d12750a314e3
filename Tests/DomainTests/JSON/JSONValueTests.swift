import Domain
import Testing

@Suite struct JSONValueTests {
    private let samples: [JSONValue] = [
        .null, .bool(true), .integer(1), .number(1), .string("1"), .array([.integer(1)]), .object(["a": .integer(1)]),
    ]

    @Test func eachAccessorAnswersForItsOwnKindOnly() {
        #expect(samples.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(samples.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
        #expect(samples.map(\.integer) == [nil, nil, 1, nil, nil, nil, nil])
        #expect(samples.map(\.string) == [nil, nil, nil, nil, "1", nil, nil])
        #expect(samples.map(\.array) == [nil, nil, nil, nil, nil, [.integer(1)], nil])
        #expect(samples.map(\.object) == [nil, nil, nil, nil, nil, nil, ["a": .integer(1)]])
    }

    @Test func memberIsNilWhenAbsentNullOrOfNoObject() {
        let value = JSONValue.object(["a": .integer(1), "n": .null])
        #expect(value["a"] == .integer(1))
        #expect(value["n"] == nil)
        #expect(value["x"] == nil)
        #expect(JSONValue.array([])["a"] == nil)
    }

    @Test func fractionIsNoInteger() {
        #expect(JSONValue.number(1) != .integer(1))
    }
}

import Testing

@testable import RestFacade

@Suite struct FormQueryTests {
    @Test(arguments: [
        ("", []),
        ("&&", []),
        ("a=1&b=2", ["a:1", "b:2"]),
        ("a", ["a:"]),
        ("a=", ["a:"]),
        ("=1", [":1"]),
        ("a=b=c", ["a:b=c"]),
        ("q=a+b%20c%2B", ["q:a b c+"]),
        ("%71=%D8%B3%d8%a7", ["q:سا"]),
        ("a=1&a=2", ["a:1", "a:2"]),
    ])
    func pairsAreRead(query: String, expected: [String]) {
        #expect(FormQuery.pairs(of: query)?.map { "\($0.name):\($0.value)" } == expected)
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%ff", "%D8=1"])
    func whatStandsForNothingIsRefused(query: String) {
        #expect(FormQuery.pairs(of: query) == nil)
    }
}

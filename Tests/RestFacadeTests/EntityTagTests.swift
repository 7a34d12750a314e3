import Testing

@testable import RestFacade

@Suite struct EntityTagTests {
    @Test(arguments: [
        [#""abc""#], [#"W/"abc""#], ["*"], [#""x", "abc""#], [#""x","abc" "#], [#""x""#, #""abc""#], ["  *  "],
    ])
    func clientHoldsIt(headers: [String]) {
        #expect(EntityTag("abc").isHeld(accordingTo: headers))
    }

    @Test(arguments: [[], [""], ["abc"], [#""ab""#], [#""abc"#], [#""ABC""#], [", ,"], [#"w/"abc""#]] as [[String]])
    func clientHoldsAnother(headers: [String]) {
        #expect(!EntityTag("abc").isHeld(accordingTo: headers))
    }
}

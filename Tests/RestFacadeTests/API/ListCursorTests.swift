import Domain
import Testing

@testable import RestFacade

@Suite struct ListCursorTests {
    @Test(arguments: [
        ListPosition(value: .integer(-5), id: "p_1"), ListPosition(value: .text("منتج \"٥\"\n"), id: "p_2"),
        ListPosition(value: .text(""), id: ""),
    ])
    func whatIsWrittenIsRead(position: ListPosition) {
        let text = ListCursor.text(position, order: "-price")
        #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(ListCursor.position(text, order: "-price") == position)
        #expect(ListCursor.position(text, order: "price") == nil)
    }

    @Test(arguments: ["", "x", "=", "WzFd", "bnVsbA", "W10", "____", "é"])
    func whatWasNotWrittenIsRefused(text: String) {
        #expect(ListCursor.position(text, order: "price") == nil)
    }
}

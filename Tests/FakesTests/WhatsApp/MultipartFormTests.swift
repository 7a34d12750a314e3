import Testing

@testable import Fakes

@Suite struct MultipartFormTests {
    private static let type = "multipart/form-data; boundary=\"xx\""

    private static func body(_ lines: String...) -> [UInt8] {
        Array(lines.joined(separator: "\r\n").utf8)
    }

    @Test func partsAreFoundByName() throws {
        let body = Self.body(
            "--xx", "Content-Disposition: form-data; name=\"type\"", "", "image/png",
            "--xx", "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"", "", "a\r\n--x\r\nb", "--xx--",
            "")
        let form = try #require(MultipartForm(type: Self.type, body: body))
        #expect(form.text("type") == "image/png")
        #expect(form.bytes("file") == Array("a\r\n--x\r\nb".utf8))
        #expect(form.bytes("other") == nil)
    }

    @Test func garbageIsNoForm() {
        #expect(MultipartForm(type: "text/plain", body: [1]) == nil)
        #expect(MultipartForm(type: Self.type, body: []) == nil)
        #expect(MultipartForm(type: Self.type, body: Self.body("--xx", "no end")) == nil)
    }
}

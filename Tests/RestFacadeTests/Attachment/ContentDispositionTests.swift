import Testing

@testable import RestFacade

@Suite struct ContentDispositionTests {
    @Test(arguments: [
        ("photo.png", #"filename="photo.png"; filename*=UTF-8''photo.png"#),
        ("my photo.png", #"filename="my photo.png"; filename*=UTF-8''my%20photo.png"#),
        ("صورة.png", #"filename="____.png"; filename*=UTF-8''%D8%B5%D9%88%D8%B1%D8%A9.png"#),
        ("a\"b\\c;d.pdf", #"filename="a_b_c;d.pdf"; filename*=UTF-8''a%22b%5Cc%3Bd.pdf"#),
        ("a\r\nb.pdf", #"filename="a__b.pdf"; filename*=UTF-8''a%0D%0Ab.pdf"#),
        ("100%'(x).txt", #"filename="100_'(x).txt"; filename*=UTF-8''100%25%27%28x%29.txt"#),
    ])
    func nameCannotLeaveItsHeader(name: String, expected: String) {
        #expect(ContentDisposition(isInline: true, name: name).value == "inline; \(expected)")
        #expect(ContentDisposition(isInline: false, name: name).value == "attachment; \(expected)")
    }
}

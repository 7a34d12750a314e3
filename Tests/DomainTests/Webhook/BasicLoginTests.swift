import Testing

@testable import Domain

/// The example is that of RFC 7617 section 2.
@Suite struct BasicLoginTests {
    private let login = BasicLogin(user: "Aladdin", password: "open sesame")

    @Test func onlyTheVeryNameAndPasswordAreGood() throws {
        let login = try #require(login)
        #expect(login.isGood("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="))
        #expect(login.isGood("basic  QWxhZGRpbjpvcGVuIHNlc2FtZQ=="))
        for bad in [
            nil, "", "Basic", "Basic ", "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZR==",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ", "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ] {
            #expect(!login.isGood(bad))
        }
        #expect(BasicLogin(user: "a:b", password: "c") == nil)
        #expect(!"\(login)".contains("QWx") && Mirror(reflecting: login).children.isEmpty)
    }
}

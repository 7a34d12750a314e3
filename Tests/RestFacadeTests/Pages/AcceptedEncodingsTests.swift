import Testing

@testable import RestFacade

@Suite struct AcceptedEncodingsTests {
    @Test(arguments: [
        ([], false), ([""], false), (["gzip"], true), (["gzip, deflate, br, zstd"], true),
        (["br", "GZIP;q=0.5"], true),
        (["gzip;q=0"], false), (["gzip; q=0.0, br"], false), (["*"], true), (["*;q=0"], false), (["identity"], false),
        (["*, gzip;q=0"], false), (["x-gzip"], true), (["gzip;q=many"], false), ([",;,"], false),
    ])
    func onlyWhatIsTakenIsSent(headers: [String], takesGzip: Bool) {
        #expect(AcceptedEncodings(headers).takesGzip == takesGzip)
    }
}

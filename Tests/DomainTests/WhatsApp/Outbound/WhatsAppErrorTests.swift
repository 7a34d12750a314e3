import Testing

@testable import Domain

@Suite struct WhatsAppErrorTests {
    /// The table of the reference, line by line.
    private static let table: [(codes: [Int64], kind: RefusalKind)] = [
        ([0, 190, 102, 104, 3, 10, 200, 250, 299, 131_005], .auth),
        ([33, 803, 131_037, 131_045, 133_010, 131_042, 131_044], .config),
        ([100, 131_008, 131_009, 135_000], .permanent),
        ([1, 2, 131_000, 131_016, 133_004, 131_057], .retry),
        ([4, 80_007, 130_429], .retrySlowNumber),
        ([131_056], .retryPair),
        ([131_048, 131_064], .restricted),
        ([131_049], .permanentUntil(.seconds(86_400))),
        ([130_472, 131_050, 131_026, 131_047, 131_051, 131_021, 131_030, 131_062], .permanent),
        ([131_052, 131_053], .retryOnce),
        ([131_031, 368, 130_497], .blocked),
        ([132_000, 132_001, 132_005, 132_007, 132_008, 132_012, 132_015, 132_016], .permanent),
    ]

    /// Meta asks to branch on the code: the HTTP status changes nothing.
    @Test(arguments: table.flatMap { row in row.codes.map { ($0, row.kind) } })
    func eachCodeHasItsKindWhateverTheStatus(_ code: Int64, _ kind: RefusalKind) {
        for status in [nil, 400, 401, 403, 404, 429, 500, 503] as [Int?] {
            #expect(WhatsAppError(code: code).kind(status: status) == kind)
        }
        let words = WhatsAppErrorTable.words(of: WhatsAppError(code: code))
        #expect(words.ar.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) })
        #expect(!words.en.isEmpty && words.en.allSatisfy(\.isASCII))
    }

    @Test func theTableHoldsNothingElse() {
        let listed = Set(Self.table.flatMap(\.codes)).subtracting(200...299)
        #expect(Set(WhatsAppErrorTable.byCode.keys) == listed)
    }

    @Test func aWrongNumberIsNoWrongParameter() {
        #expect(WhatsAppError(code: 100, subcode: 33).kind(status: 400) == .config)
        #expect(WhatsAppError(code: 100, subcode: 2_494_010).kind(status: 400) == .permanent)
    }

    @Test(arguments: [
        (400, RefusalKind.permanent), (403, .permanent), (404, .permanent), (429, .retrySlowNumber), (500, .retry),
        (503, .retry), (599, .retry),
    ])
    func anUnknownCodeGoesByItsStatus(_ status: Int, _ kind: RefusalKind) {
        #expect(WhatsAppError(code: 999_999).kind(status: status) == kind)
        #expect(WhatsAppError(code: 999_999, isTransient: true).kind(status: status) == .retry)
    }

    @Test func anUnknownCodeOfAReportIsPermanent() {
        #expect(WhatsAppError(code: 999_999).kind(status: nil) == .permanent)
    }

    @Test func transientMakesOnlyPermanentOnesTemporary() {
        #expect(WhatsAppError(code: 131_009, isTransient: true).kind(status: 400) == .retry)
        #expect(WhatsAppError(code: 190, isTransient: true).kind(status: 401) == .auth)
        #expect(WhatsAppError(code: 131_056, isTransient: true).kind(status: 400) == .retryPair)
        #expect(WhatsAppError(code: 131_049, isTransient: true).kind(status: 400) == .permanentUntil(.seconds(86_400)))
    }

    @Test func errorDataIsAnObjectOrAText() throws {
        for data in [["details": "why"], "why"] as [JSONValue] {
            let error = try #require(
                WhatsAppError(json: [
                    "code": 131_047, "message": "(#131047) Re-engagement", "error_subcode": "5", "error_data": data,
                    "fbtrace_id": "A1", "is_transient": false,
                ]))
            #expect(error.details == "why" && error.subcode == 5 && error.trace == "A1")
            #expect(error.problem.details == "why" && error.problem.code == 131_047)
        }
        let bare = try #require(WhatsAppError(json: ["code": "2", "title": "Down"]))
        #expect(bare.kind(status: 500) == .retry && bare.problem.details == "Down")
        for json in [[:], "no", ["code": true], ["code": "x"], .null] as [JSONValue] {
            #expect(WhatsAppError(json: json) == nil)
        }
    }
}

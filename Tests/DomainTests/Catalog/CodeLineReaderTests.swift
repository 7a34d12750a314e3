import Domain
import Testing

@Suite struct CodeLineReaderTests {
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)

    /// Lines as `number:code`, `number:code@expiry` or `number!problem`, whatever pieces the bytes come in.
    private func read(
        _ text: String,
        _ format: CodeLineReader.Format = .csv,
        expiresAt: Timestamp? = nil,
        maxLineBytes: Int = 100
    ) throws -> [String] {
        try read(Array(text.utf8), format, expiresAt: expiresAt, maxLineBytes: maxLineBytes)
    }

    private func read(
        _ bytes: [UInt8],
        _ format: CodeLineReader.Format = .csv,
        expiresAt: Timestamp? = nil,
        maxLineBytes: Int = 100
    ) throws -> [String] {
        let rules = CodeImportRules(expiresAt: expiresAt, now: Self.now, maxLineBytes: maxLineBytes)
        var answers: [[CodeLine]] = []
        for size in [1, 2, 3, 7, max(1, bytes.count)] {
            var reader = CodeLineReader(format, rules)
            var lines: [CodeLine] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                lines += try reader.read(bytes[start..<min(start + size, bytes.count)])
            }
            answers.append(lines + (try reader.end()))
        }
        #expect(Set(answers.map { "\($0)" }).count == 1, "the pieces matter")
        return answers[0].map { line in
            switch line {
            case .code(let text, let expiresAt?, let number): "\(number):\(text)@\(expiresAt.rfc3339)"
            case .code(let text, nil, let number): "\(number):\(text)"
            case .problem(let problem): "\(problem.line)!\(problem.code)"
            }
        }
    }

    @Test(arguments: [
        ("A\nB\nC", ["1:A", "2:B", "3:C"]),
        ("A\r\nB\r\n", ["1:A", "2:B"]),
        ("A\rB", ["1:A", "2:B"]),
        ("\u{FEFF}A\n", ["1:A"]),
        ("\u{FEFF}code\nA\n", ["2:A"]),
        ("code,expires_at\nA,2027-01-31\nB,\n", ["2:A@2027-02-01T00:00:00.000Z", "3:B"]),
        ("Expires_At, CODE\n2027-01-31T10:00:00+03:00,A\n", ["2:A@2027-01-31T07:00:00.000Z"]),
        ("\n\nA\n\n\nB\n", ["3:A", "6:B"]),
        ("\"A,1\"\n\"B\"\"2\"\n", ["1:A,1", "2:B\"2"]),
        ("\"A\nB\"\nC\n", ["1!format", "3:C"]),
        ("  A  \nرمز-١\n", ["1:A", "2:رمز-١"]),
        ("A,2027-01-31,x\nB", ["1!columns", "2:B"]),
        ("A,yesterday\nB,2020-01-01\nC", ["1!format", "2!expired", "3:C"]),
        ("\"\"\nA", ["1!required", "2:A"]),
        ("A\"B\nC", ["1!quotes", "2:C"]),
        ("\"A\"B\nC", ["1!quotes", "2:C"]),
        ("\"A\nB", ["1!quotes"]),
        ("••••1234\nA", ["1!format", "2:A"]),
        ("", []),
        ("code\n", []),
    ])
    func csv(text: String, expected: [String]) throws {
        #expect(try read(text) == expected)
    }

    @Test func aLongLineIsPassedOver() throws {
        let long = String(repeating: "x", count: 101)
        #expect(try read("A\n\(long)\nB\n") == ["1:A", "2!too_long", "3:B"])
        #expect(try read("A\n\(String(repeating: ",", count: 101))\nB\n") == ["1:A", "2!too_long", "3:B"])
        #expect(try read("[\"A\", \"\(long)\", \"B\"]", .json) == ["1:A", "2!too_long", "3:B"])
        #expect(try read("\"A\"\n\"\(long)\"\n\"B\"", .ndjson) == ["1:A", "2!too_long", "3:B"])
        let code = String(repeating: "ب", count: CodeLine.maxLength)
        #expect(try read("\(code)\n\(code)ب", maxLineBytes: 10_000) == ["1:\(code)", "2!too_long"])
    }

    @Test func whatIsNoUTF8IsTold() throws {
        #expect(try read([0x41, 0x0A, 0xFF, 0x0A, 0x42]) == ["1:A", "2!encoding", "3:B"])
        #expect(try read([0x22, 0x41, 0x22, 0x0A, 0xFF, 0x0A], .ndjson) == ["1:A", "2!encoding"])
    }

    @Test(arguments: [
        (
            #"["A", {"code": "B"}, {"code": "C", "expires_at": "2027-01-31"}]"#,
            ["1:A", "2:B", "3:C@2027-02-01T00:00:00.000Z"]
        ),
        (" [ ] ", []),
        (#"["a]b", "c\"],d", {"code": "}"}]"#, ["1:a]b", #"2:c"],d"#, "3:}"]),
        (
            #"[1, null, {"code": 5}, {"pin": "x"}, {"code": "A", "pin": "x"}, ["A"], {"code": "B"}]"#,
            ["1!format", "2!format", "3!format", "4!format", "5!format", "6!format", "7:B"]
        ),
        (#"[tru, "A"]"#, ["1!json", "2:A"]),
        (#"["", " ", "a\nb"]"#, ["1!required", "2!required", "3!format"]),
    ])
    func json(text: String, expected: [String]) throws {
        #expect(try read(text, .json) == expected)
    }

    @Test(arguments: ["", "{}", "\"A\"", "[\"A\"", "[\"A\",]", "[,]", "[\"A\"] x", "[\"A\"]["])
    func whatIsNoArrayIsRefused(text: String) {
        #expect(throws: HubError.self) { try read(text, .json) }
    }

    @Test func ndjson() throws {
        let text = "\"A\"\r\n\n{\"code\":\"B\"}\nnonsense\n{\"code\":\"C\",\"expires_at\":null}"
        #expect(try read(text, .ndjson) == ["1:A", "3:B", "4!json", "5:C"])
    }

    @Test func theHeaderNamesOnlyWhatIsKnown() {
        for header in ["code,pin\nA,1", "code,code\nA,B"] {
            #expect(throws: HubError.self) { try read(header) }
        }
    }

    @Test func aDefaultExpiryFillsIn() throws {
        let later = Self.now + .seconds(60)
        #expect(
            try read("A\nB,2027-01-31", expiresAt: later) == [
                "1:A@\(later.rfc3339)", "2:B@2027-02-01T00:00:00.000Z",
            ])
    }
}

import Testing

@testable import Hub

@Suite struct DotEnvTests {
    @Test(arguments: [
        ("A=1", "1"), ("A=", ""), ("A = 1 ", "1"), ("  A=1", "1"), ("\tA=1", "1"),
        ("export A=1", "1"), ("export\tA=1", "1"), ("A=a b  c", "a b  c"),
        ("A=1 # one", "1"), ("A=1#2", "1#2"), ("A=#", ""), ("A= # none", ""), ("A=1\t#one", "1"),
        ("A=x=y", "x=y"), ("A=it's", "it's"), (#"A=a"b"#, #"a"b"#), (#"A=a\nb"#, #"a\nb"#), ("A=$HOME", "$HOME"),
        (#"A="a b""#, "a b"), (#"A="a # b" # c"#, "a # b"), (#"A="""#, ""), (#"A=" 1 ""#, " 1 "),
        (#"A="a\nb\t\"\\\$""#, "a\nb\t\"\\$"), ("A='a # b'", "a # b"), (#"A='a\n"b'"#, #"a\n"b"#), ("A='' # c", ""),
        ("A=قيمة", "قيمة"), ("A=\"مرحبا\"", "مرحبا"),
    ])
    func readsAValue(_ line: String, _ value: String) throws {
        #expect(try DotEnv(line, file: ".env").entries == [.init(name: "A", value: value, line: 1)])
    }

    @Test(arguments: ["\n", "\r\n"])
    func readsManyLines(_ lineBreak: String) throws {
        let lines = ["# a comment", "", "A=1", "   ", "_b2='2'", "  # another", "EXPORT=3", "export=4", ""]
        #expect(
            try DotEnv(lines.joined(separator: lineBreak), file: ".env").entries == [
                .init(name: "A", value: "1", line: 3), .init(name: "_b2", value: "2", line: 5),
                .init(name: "EXPORT", value: "3", line: 7), .init(name: "export", value: "4", line: 8),
            ]
        )
    }

    @Test func ignoresAByteOrderMark() throws {
        #expect(try DotEnv("\u{FEFF}A=1", file: ".env").entries == [.init(name: "A", value: "1", line: 1)])
    }

    @Test(arguments: [
        ("A", "has no = after its name"), ("A 1", "has no = after its name"), ("export A", "has no = after its name"),
        ("export B C=1", "has no = after its name"), ("A-B=1", "has no = after its name"),
        ("A.B=1", "has no = after its name"), ("É=1", "does not begin with a name"),
        ("=1", "does not begin with a name"),
        ("1A=1", "does not begin with a name"), ("export =1", "does not begin with a name"),
        (#"A="1"#, "has a quote that is not closed"), ("A='1", "has a quote that is not closed"),
        (#"A="1\"#, #"has a backslash before something other than n r t " \ $"#),
        (#"A="\x""#, #"has a backslash before something other than n r t " \ $"#),
        (#"A="1"2"#, "goes on after its closing quote"), ("A='1'x # c", "goes on after its closing quote"),
        ("A=1\nA=2", "gives A again, after line 1"),
    ])
    func namesAMalformedLineAndNotWhatItHolds(_ text: String, _ problem: String) throws {
        let line = text.contains("\n") ? 2 : 1
        let error = try #require(throws: ConfigurationError.self) { try DotEnv(text, file: ".env") }
        #expect(
            error.description == ".env line \(line): \(problem); accepted: "
                + #"NAME=value, NAME="value", or # and a comment"#)
    }
}

/// How an answer is sent: its pace, its framing, and which freedoms of the format it uses.
struct Delivery: Sendable, Equatable {
    enum LineEnding: String, Sendable {
        case lf = "\n"
        case crlf = "\r\n"
        case cr = "\r"
    }

    /// 0 sends everything at once.
    var tokensPerSecond = 30.0
    /// Seconds until the first token, beyond the pace.
    var firstToken = 0.0
    /// Bytes of one write, wherever that cuts; nil writes event by event.
    var chunk: Int?
    /// Seconds between two writes, at least.
    var chunkPause = 0.0
    var lineEnding = LineEnding.lf
    /// A keep-alive before every event.
    var hasComments = false
    /// Random padding in every chunk.
    var hasObfuscation = false
    /// A call comes in one chunk, as some servers send it.
    var hasWholeCalls = false
    /// Every fragment of a call repeats its id and name, as some servers do.
    var repeatsNames = false
    /// Fragments of parallel calls take turns; otherwise one call follows the other.
    var interleavesCalls = true
    /// Every event has two `data` lines.
    var splitsData = false
    /// A space after the colon.
    var hasSpace = true
    /// Fields that a reader does not know.
    var hasOtherFields = false
    /// A blank line after the last event.
    var endsWithBlankLine = true

    /// Changes what is named; throws for a name or value that means nothing.
    mutating func change(_ members: [String: JSON]) throws(OpenAIError) {
        for (name, value) in members {
            switch name {
            case "tokens_per_second": tokensPerSecond = try Self.number(name, value)
            case "first_token_ms": firstToken = try Self.number(name, value) / 1000
            case "chunk": chunk = value == .null ? nil : max(1, Int(try Self.number(name, value)))
            case "chunk_pause_ms": chunkPause = try Self.number(name, value) / 1000
            case "line_ending":
                switch value {
                case "lf": lineEnding = .lf
                case "crlf": lineEnding = .crlf
                case "cr": lineEnding = .cr
                default: throw .value(name, "expected 'lf', 'crlf' or 'cr'")
                }
            case "comments": hasComments = try Self.flag(name, value)
            case "obfuscation": hasObfuscation = try Self.flag(name, value)
            case "whole_tool_calls": hasWholeCalls = try Self.flag(name, value)
            case "repeated_names": repeatsNames = try Self.flag(name, value)
            case "interleaved": interleavesCalls = try Self.flag(name, value)
            case "split_data": splitsData = try Self.flag(name, value)
            case "space": hasSpace = try Self.flag(name, value)
            case "other_fields": hasOtherFields = try Self.flag(name, value)
            case "last_blank_line": endsWithBlankLine = try Self.flag(name, value)
            default: throw .value(name, "there is no such setting of a delivery")
            }
        }
    }

    private static func number(_ name: String, _ value: JSON) throws(OpenAIError) -> Double {
        guard let number = value.double, number >= 0 else { throw .value(name, "expected a number from 0 on") }
        return number
    }

    private static func flag(_ name: String, _ value: JSON) throws(OpenAIError) -> Bool {
        guard let flag = value.bool else { throw .value(name, "expected true or false") }
        return flag
    }
}

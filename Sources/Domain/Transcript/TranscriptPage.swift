/// A transcript as a page of HTML that needs nothing else, in the direction of its language.
package struct TranscriptPage: TranscriptForm {
    private let words: TranscriptWords

    package init(_ words: TranscriptWords) {
        self.words = words
    }

    package func head() -> String {
        let title = HTMLText.escaped(words.title)
        return """
            <!doctype html>
            <html lang="\(words.language.rawValue)" dir="\(words.language.direction)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(title)</title>
            <style>
            body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.7 sans-serif; color: #1b2421; }
            li { list-style: none; margin-block: .75rem; padding-inline-start: .75rem; border-inline-start: 3px solid #0b6e5f; }
            ol { padding: 0; }
            .customer { border-color: #9aa5a1; }
            .note { border-color: #d9a400; background: #fff8e0; }
            .deleted { color: #6b7280; font-style: italic; }
            p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
            small { color: #6b7280; }
            </style>
            </head>
            <body>
            <h1>\(title)</h1>
            <small>\(HTMLText.escaped(words.timeZone))</small>
            <ol>

            """
    }

    package func text(of line: TranscriptLine) -> String {
        var marks = [words.time(of: line.at)]
        if line.side == .note { marks.append(words.note) }
        if line.isEdited, line.text != nil { marks.append(words.edited) }
        let body =
            line.text.map { "<p dir=\"auto\">\(HTMLText.escaped($0))</p>" }
            ?? "<p class=\"deleted\">\(words.deleted)</p>"
        return """
            <li class="\(line.side.rawValue)"><b><bdi>\(HTMLText.escaped(line.name))</bdi></b> \
            <small>\(marks.joined(separator: " · "))</small>\(body)</li>

            """
    }

    package func foot() -> String { "</ol>\n</body>\n</html>\n" }
}

import Testing

@testable import Domain

@Suite struct ContactTableTests {
    private static let at = Timestamp(milliseconds: 1_790_000_000_000)

    private static func read(_ text: String, piece: Int = 1) throws -> [ContactTableReader.Item] {
        var reader = ContactTableReader()
        var items: [ContactTableReader.Item] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            items += try reader.read(bytes[start..<min(start + piece, bytes.count)])
        }
        return items + (try reader.end())
    }

    /// Fills a new contact from each row.
    private static func contacts(_ text: String) throws -> [CRMContact] {
        try read(text).compactMap { item in
            guard case .row(let row) = item else { return nil }
            var contact = CRMContact(id: .make(at: at), at: at)
            try row.fill(&contact)
            return contact
        }
    }

    @Test(arguments: [1, 2, 7, 1000])
    func columnsStandInAnyOrder(piece: Int) throws {
        let text = "\u{FEFF}phone,Name,labels\r\n00966501234567,\"ليلى, سعد\",vip; جملة\r\n"
        let items = try Self.read(text, piece: piece)
        #expect(items.count == 1)
        let contact = try #require(try Self.contacts(text).first)
        #expect(contact.name == "ليلى, سعد" && contact.labels == ["vip", "جملة"])
        #expect(contact.identities.map(\.value) == ["+966501234567"])
    }

    /// What is exported is imported again as it was, whatever spreadsheets would make of it.
    @Test func aTableIsReadBack() throws {
        var contact = CRMContact(id: .make(at: Self.at), at: Self.at)
        contact.name = "=cmd|' /C calc'!A0"
        contact.language = "ar"
        contact.company = "-شركة \"أ\""
        contact.notes = "+سطر\nسطران"
        contact.labels = ["vip", "جملة"]
        contact.owner = .make(at: Self.at)
        contact.fields = ["مدينة": "جدة"]
        contact.setIdentities(
            [ContactIdentity(.phone, "+966501234567"), ContactIdentity(.email, "a@b.example")].compactMap(\.self))
        let header = CSVLine.text(ContactTable.Column.allCases.map(\.rawValue))
        let line = CSVLine.text(ContactTable.cells(of: contact))
        #expect(line.contains("'=cmd") && line.contains("'+966501234567"))
        let read = try #require(try Self.contacts(header + line).first)
        #expect(read.name == contact.name && read.company == contact.company && read.notes == contact.notes)
        #expect(read.labels == contact.labels && read.fields == contact.fields && read.owner == contact.owner)
        #expect(read.identities == contact.identities && read.language == "ar")
    }

    @Test func aHeaderNamesColumnsOfOurs() {
        for text in ["", "name,fax\nx,y\n", "name,name\n", "ليلى\n"] {
            #expect(throws: HubError.self) { _ = try Self.read(text) }
        }
    }

    @Test func aLineThatCannotBeReadIsToldByItsNumber() throws {
        let items = try Self.read("name,phone\nليلى,+966501234567\nx,y,z\n\"a\"b,c\nمنى,\n")
        let problems = items.compactMap { item -> String? in
            guard case .problem(let line, let code, _) = item else { return nil }
            return "\(line) \(code)"
        }
        #expect(problems == ["3 columns", "4 quotes"] && items.count == 4)
        for text in ["phone\n123\n", "name,phone\nx,0501234567\n", "name,fields\nx,[]\n", "name,owner\nx,me\n"] {
            #expect(throws: HubError.self, "\(text)") { _ = try Self.contacts(text) }
        }
    }
}

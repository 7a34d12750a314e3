import Testing

@testable import Domain

@Suite struct ContactIdentityTests {
    @Test(arguments: [
        ("+966501234567", "+966501234567"),
        ("00966 50 123-4567", "+966501234567"),
        ("+٩٦٦٥٠١٢٣٤٥٦٧", "+966501234567"),
        ("\u{202A}+966 (50) 123.4567\u{202C}", "+966501234567"),
    ])
    func aNumberHasOneForm(text: String, form: String) {
        #expect(ContactIdentity(.phone, text)?.value == form)
    }

    @Test(arguments: ["0501234567", "966501234567", "+0501234567", "+12345", "+1234567890123456", "call me", "", "+"])
    func whatHasNoCountryIsNoNumber(text: String) {
        #expect(ContactIdentity(.phone, text) == nil)
    }

    @Test func anAddressIsComparedInLowerCase() {
        #expect(ContactIdentity(.email, " Sara@Shop.Example ")?.value == "sara@shop.example")
        for text in ["sara", "sara@", "@shop.example", "sara@shop", "a b@shop.example", "a@b@c.example"] {
            #expect(ContactIdentity(.email, text) == nil, "\(text)")
        }
    }

    @Test func otherIdentitiesAreKeys() {
        #expect(ContactIdentity(.whatsapp, "966501234567")?.value == "966501234567")
        #expect(ContactIdentity(.zid, "a b") == nil)
        #expect(ContactIdentity(.visitor, "v_1") == nil)
        let id = VisitorID.make(at: Timestamp(milliseconds: 1))
        #expect(ContactIdentity(.visitor, id.text)?.value == id.text)
    }

    /// What is read back from a row or a document must be the same identity.
    @Test(arguments: ContactIdentity.Kind.allCases)
    func theFormOfAFormIsItself(kind: ContactIdentity.Kind) throws {
        let texts = [
            "00966501234567", "Sara@Shop.Example", "a.b_c:d-1", VisitorID.make(at: Timestamp(milliseconds: 1)).text,
        ]
        let identities = texts.compactMap { ContactIdentity(kind, $0) }
        #expect(!identities.isEmpty)
        for identity in identities {
            #expect(ContactIdentity(kind, identity.value) == identity)
            #expect(ContactIdentity(json: identity.json) == identity)
        }
    }
}

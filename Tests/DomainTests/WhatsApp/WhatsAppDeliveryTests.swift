import Domain
import Testing

/// What a webhook tells, read into values.
@Suite struct WhatsAppDeliveryTests {
    static let received = Timestamp(milliseconds: 1_790_000_000_000)

    static func items(_ body: String) throws -> [WhatsAppItem] {
        try WhatsAppDelivery(body: Array(body.utf8), receivedAt: received).items
    }

    private func content(_ message: String) throws -> WhatsAppContent {
        try parsed(message).content
    }

    private func parsed(_ message: String) throws -> WhatsAppMessage {
        let items = try Self.items(MetaExamples.delivery(message))
        guard case .message(let message)? = items.first?.content else {
            throw HubError.badRequest("no message: \(items)")
        }
        return message
    }

    private func message(_ members: String) -> String {
        #"{"from":"966501234567","id":"wamid.1","timestamp":"1749416383",\#(members)}"#
    }

    // MARK: Meta's examples

    @Test(arguments: MetaExamples.messages.keys.sorted())
    func everyExampleIsUnderstood(_ name: String) throws {
        let example = try #require(MetaExamples.messages[name])
        let items = try Self.items(MetaExamples.delivery(example, isSystem: name == "system"))
        #expect(items.count == 1)
        guard case .message(let message) = items[0].content else {
            Issue.record("\(name) is \(items[0].content)")
            return
        }
        #expect(message.number == "106540352242922")
        #expect(message.person.phone == "16505551234")
        #expect(message.person.name == (name == "system" ? nil : "Sheena Nelson"))
        #expect(message.id.hasPrefix("wamid."))
        #expect(message.sentAt.milliseconds > 1_700_000_000_000 && message.sentAt < Self.received)
        if name != "unsupported", case .unsupported = message.content { Issue.record("\(name) is not understood") }
        #expect((message.content.body == nil) == (name == "reaction"))
        // What an item came from gives the same item again.
        #expect(WhatsAppDelivery(items[0].source, receivedAt: Self.received).items == items)
    }

    @Test func textIsUnescaped() throws {
        #expect(
            try content(message(#""type":"text","text":{"body":"\u0645\u0631\u062d\u0628\u0627 \ud83d\udc4d"}"#))
                == .text("مرحبا 👍"))
    }

    @Test func filesKeepWhatIsNeededToFetchThem() throws {
        let voice = try content(#require(MetaExamples.messages["audio"]))
        #expect(
            voice
                == .media(
                    WhatsAppMedia(
                        kind: .audio,
                        id: "1003383421387256",
                        type: "audio/ogg; codecs=opus",
                        digest: "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
                        isVoice: true
                    )))
        guard case .card(let card)? = voice.body else {
            Issue.record("no card")
            return
        }
        #expect(card.kind == .media && card.text == "رسالة صوتية")
        #expect(card.details["media_id"] == "1003383421387256" && card.details["state"] == "pending")
    }

    @Test func choicesAndOrders() throws {
        let list = try content(#require(MetaExamples.messages["interactive"]))
        #expect(
            list
                == .choice(
                    WhatsAppChoice(
                        kind: .list, id: "priority_express", title: "Priority Mail Express",
                        note: "Next Day to 2 Days")))
        guard case .order(nil, let lines, _) = try content(#require(MetaExamples.messages["order"])) else {
            Issue.record("no order")
            return
        }
        #expect(lines == ["2 × 30 USD di9ozbzfi4", "1 × 25 USD nqryix03ez"])
    }

    @Test(arguments: [
        #""reaction":{"message_id":"wamid.0","emoji":""}"#, #""reaction":{"message_id":"wamid.0"}"#,
        #""reaction":{"message_id":"wamid.0","emoji":null}"#,
    ])
    func anEmptyOrMissingEmojiTakesTheReactionAway(_ reaction: String) throws {
        #expect(
            try content(message(#""type":"reaction",\#(reaction)"#)) == .reaction(target: "wamid.0", emoji: nil))
    }

    @Test func editsAndRevocations() throws {
        let text = #""edit":{"original_message_id":"wamid.0","message":{"type":"text","text":{"body":"b"}}}"#
        #expect(try content(message(#""type":"edit",\#(text)"#)) == .edit(target: "wamid.0", .text("b")))
        let untyped = #""edit":{"original_message_id":"wamid.0","message":{"text":{"body":"b"}}}"#
        #expect(try content(message(#""type":"edit",\#(untyped)"#)) == .edit(target: "wamid.0", .text("b")))
        let revoke = #""revoke":{"original_message_id":"wamid.0"}"#
        #expect(try content(message(#""type":"revoke",\#(revoke)"#)) == .revocation(target: "wamid.0"))
    }

    @Test func contextTellsRepliesForwardsProductsAndAdvertisements() throws {
        let text = #""type":"text","text":{"body":"b"}"#
        #expect(
            try parsed(message(#"\#(text),"context":{"from":"1","id":"wamid.0"}"#)).context.repliesTo == "wamid.0")
        #expect(try parsed(message(#"\#(text),"context":{"frequently_forwarded":true}"#)).context.isForwarded)
        let product = #"{"catalog_id":"1","product_retailer_id":"2"}"#
        let inquiry = try parsed(
            message(#"\#(text),"context":{"from":"1","id":"wamid.0","referred_product":\#(product)}"#))
        #expect(inquiry.context.product?["product_retailer_id"] == "2")
        let ad = try parsed(message(#"\#(text),"referral":{"source_type":"ad","ctwa_clid":"x"}"#))
        #expect(ad.context.referral?["source_type"] == "ad")
    }

    @Test func numbersMayChange() throws {
        guard case .system(let change) = try content(#require(MetaExamples.messages["system"])) else {
            Issue.record("no change")
            return
        }
        #expect(change.type == "user_changed_number" && change.newPhone == "12195555358")
    }

    // MARK: What is not known

    @Test(arguments: [
        #""type":"interactive""#, #""type":"text""#, #""type":"text","text":{"body":7}"#, #""type":"image","image":{}"#,
        #""type":"hologram","hologram":{"depth":3}"#, #""text":{"body":"no type"}"#,
        #""type":"location","location":{}"#,
    ])
    func whatCannotBeShownIsKeptRaw(_ members: String) throws {
        let raw = message(members)
        guard case .unsupported(_, nil, let kept) = try content(raw) else {
            Issue.record("understood \(raw)")
            return
        }
        #expect(kept == (try JSONParser.parse(raw)))
    }

    @Test func unsupportedSaysWhatItWasAndWhy() throws {
        let poll = #""type":"unsupported","unsupported":{"type":"poll"},"errors":[{"code":131051,"title":"t"}]"#
        guard case .unsupported("poll", let reason, _) = try content(message(poll)) else {
            Issue.record("no poll")
            return
        }
        #expect(reason == "t (131051)")
    }

    // MARK: People

    @Test func peopleMayHideTheirNumber() throws {
        let contacts =
            #""contacts":[{"profile":{"name":"S","username":"s"},"user_id":"SA.1","parent_user_id":"SA.ENT.2"}]"#
        let text = #"{"from_user_id":"SA.1","id":"wamid.1","timestamp":"1","type":"text","text":{"body":"b"}}"#
        let items = try Self.items(MetaExamples.value(#"\#(contacts),"messages":[\#(text)]"#))
        guard case .message(let message)? = items.first?.content else {
            Issue.record("\(items)")
            return
        }
        #expect(
            message.person
                == WhatsAppPerson(userID: "SA.1", parentUserID: "SA.ENT.2", phone: nil, name: "S", username: "s"))
        #expect(items[0].lane == "106540352242922/SA.1")
    }

    @Test func nobodyIsTakenForSomebody() throws {
        #expect(WhatsAppPerson(userID: nil, phone: "") == nil)
        #expect(WhatsAppPerson(userID: " ", phone: "+") == nil)
        #expect(WhatsAppPerson(userID: nil, phone: "+966 50-123 4567")?.phone == "966501234567")
        let text = #"{"id":"wamid.1","timestamp":"1","type":"text","text":{"body":"b"}}"#
        let items = try Self.items(MetaExamples.value(#""messages":[\#(text)]"#))
        #expect(items.map(\.content) == [.broken("the message does not say who it is from")])
    }

    @Test func staffWritesFromThePhoneApp() throws {
        let echo =
            #"{"from":"15550783881","to":"16505551234","id":"wamid.e","timestamp":"1","type":"text","text":{"body":"b"}}"#
        let items = try Self.items(MetaExamples.value(#""message_echoes":[\#(echo)]"#, field: "smb_message_echoes"))
        guard case .message(let message)? = items.first?.content else {
            Issue.record("\(items)")
            return
        }
        #expect(message.isEcho && message.person.phone == "16505551234" && message.content == .text("b"))
    }

    // MARK: Everything else

    @Test(
        arguments: zip(
            ["sent", "delivered", "read", "played", "failed"],
            [.sent, .delivered, .read, .read, .failed] as [MessageStatus]))
    func statuses(_ word: String, _ state: MessageStatus) throws {
        let errors = word == "failed" ? #","errors":[{"code":131049,"title":"t","error_data":{"details":"d"}}]"# : ""
        let json = #"{"id":"wamid.1","status":"\#(word)","timestamp":"1750030073","recipient_id":"16505551234""#
        let items = try Self.items(
            MetaExamples.value(#""statuses":[\#(json),"biz_opaque_callback_data":"m1"\#(errors)}]"#))
        guard case .status(let status)? = items.first?.content else {
            Issue.record("\(items)")
            return
        }
        #expect(status.id == "wamid.1" && status.state == state && status.callback == "m1")
        #expect(status.at == Timestamp(milliseconds: 1_750_030_073_000))
        #expect(status.problem?.text == (word == "failed" ? "d (131049)" : nil))
    }

    @Test func wishesAndNotices() throws {
        let stop = #"{"wa_id":"16505551234","category":"marketing_messages","value":"stop","timestamp":1750030073}"#
        let wishes = try Self.items(MetaExamples.value(#""user_preferences":[\#(stop)]"#, field: "user_preferences"))
        guard case .preference(let wish)? = wishes.first?.content else {
            Issue.record("\(wishes)")
            return
        }
        #expect(wish.isStop && wish.category == "marketing_messages")
        for field in ["account_update", "message_template_status_update", "phone_number_quality_update", "new", ""] {
            let items = try Self.items(MetaExamples.value(#""event":"x""#, field: field))
            guard case .notice(let notice)? = items.first?.content else {
                Issue.record("\(items)")
                return
            }
            #expect(notice.field == field && notice.account == "419561257915477" && notice.value["event"] == "x")
        }
        let errors = try Self.items(MetaExamples.value(#""errors":[{"code":130429}]"#))
        #expect(errors.count == 1)
    }

    @Test func oneBrokenItemHarmsNoOther() throws {
        let good = message(#""type":"text","text":{"body":"b"}"#)
        let items = try Self.items(
            MetaExamples.value(
                #""messages":[\#(good),17,{"from":"1","type":"text"},\#(good)],"statuses":[{"id":"wamid.1","status":"lost"}]"#
            ))
        let broken = items.map { item in
            if case .broken = item.content { true } else { false }
        }
        #expect(broken == [false, true, true, false, true])
        for item in items { #expect(WhatsAppDelivery(item.source, receivedAt: Self.received).items == [item]) }
    }

    @Test func whatIsNoTextIsReplaced() throws {
        #expect(try content(message(#""type":"text","text":{"body":"a\u0000b"}"#)) == .text("a\u{FFFD}b"))
        #expect(try content(message(#""type":"text","text":{"body":"cut \ud83d"}"#)) == .text("cut \u{FFFD}"))
        #expect(try content(message(#""type":"text","text":{"body":"\udc4d\\ud83d"}"#)) == .text(#"\#u{FFFD}\ud83d"#))
    }

    @Test func aTimeThatIsNoneIsTheTimeOfReceipt() throws {
        for timestamp in ["\"soon\"", "null", "-1", "\"99999999999999\""] {
            let text =
                #"{"from":"1","id":"wamid.1","timestamp":\#(timestamp),"type":"text","text":{"body":"b"}}"#
            #expect(try parsed(text).sentAt == Self.received)
        }
    }
}

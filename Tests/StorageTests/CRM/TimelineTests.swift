import Domain
import Testing

@testable import Storage

@Suite struct TimelineTests {
    @Test(arguments: Engine.allCases)
    func everythingIsInTheOrderOfTime(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            fixture.clock.advance()
            let contact = try await stores.keep(
                fixture.contact("ليلى", try identity(.visitor, visitor.id.text)), fixture)
            var expected = [visitor.room.text]
            for number in 0..<3 {
                fixture.clock.advance()
                expected.append(try await stores.keep(fixture.lead("ل") { $0.contact = contact.id }, fixture).id.text)
                let note = ContactNote(
                    id: .make(at: fixture.clock.now), contact: contact.id, text: "ملاحظة \(number)",
                    authorName: "سارة", at: fixture.clock.now + .milliseconds(1))
                _ = try await stores.contacts.add(note, scope: .everything, fixture.writing())
                fixture.clock.advance(.milliseconds(2))
                expected.append(note.id.text)
                expected.append(try await stores.keep(fixture.newDeal("ص", of: contact.id), fixture).id.text)
            }
            for isDescending in [false, true] {
                var seen: [String] = []
                var after: ListPosition?
                repeat {
                    let page = try await stores.contacts.timeline(
                        of: contact.id, scope: .everything, sight: nil,
                        ListRequest<TimelineSort, TimelineEntry.Kind?>(
                            filter: nil, order: ListOrder(.at, isDescending: isDescending), after: after, limit: 3))
                    seen += page.items.map(\.id)
                    after = page.next
                } while after != nil
                #expect(seen == (isDescending ? expected.reversed() : expected))
            }
            for (kind, count) in [(TimelineEntry.Kind.note, 3), (.conversation, 1), (.code, 0)] {
                let page = try await stores.contacts.timeline(
                    of: contact.id, scope: .everything, sight: nil,
                    ListRequest(filter: kind, order: TimelineSort.usual, limit: 10))
                #expect(page.items.map(\.kind) == Array(repeating: kind, count: count))
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func codesAndOrdersAreThereWithoutTheirTexts(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let contact = try await stores.keep(
                fixture.contact("ليلى", try identity(.visitor, visitor.id.text)), fixture)
            let shelf = try await CodeShelf(stores, fixture)
            try await shelf.stock((1...6).map { "SECRET-\($0)" })
            fixture.clock.advance()
            // Of somebody else, and of nobody who is known.
            let stranger = try await stores.makeVisitor(fixture)
            let foreign =
                try await shelf.allocate(1, to: .conversation(stranger.room))
                + shelf.allocate(1, to: .order("o-9"))
            fixture.clock.advance()
            let held = try await shelf.allocate(
                1, .reserve(until: fixture.clock.now + .seconds(60)), to: .conversation(visitor.room))
            fixture.clock.advance()
            let ordered = try await shelf.allocate(2, to: .order("o-1", from: visitor.room))

            var seen: [TimelineEntry] = []
            var after: ListPosition?
            repeat {
                let page = try await stores.contacts.timeline(
                    of: contact.id, scope: .everything, sight: nil,
                    ListRequest<TimelineSort, TimelineEntry.Kind?>(
                        filter: nil, order: ListOrder(.at), after: after, limit: 2))
                seen += page.items
                after = page.next
            } while after != nil
            #expect(seen.map(\.kind) == [.conversation, .code] + seen.dropFirst(2).map(\.kind))
            #expect(seen[1].id == held[0].id.text && seen[1].state == "reserved" && seen[1].text == "بطاقة")
            #expect(Set(seen.dropFirst(2).map(\.id)) == Set(ordered.map(\.id.text) + ["o-1"]))
            #expect(seen.filter { $0.kind == .order }.map(\.id) == ["o-1"] && seen.count == 5)
            #expect(!"\(seen)".contains("SECRET") && !"\(seen)".contains(foreign[0].id.text))

            let export = try await stores.persons.export(of: contact.id, scope: .everything, fixture.writing())
            #expect(Set(export.codes.map(\.id)) == Set((held + ordered).map(\.id)) && export.orderNumbers == ["o-1"])
            // What is held for an order is not held for the conversation alone.
            let released = try await stores.codes.change(
                .reserved(for: .conversation(visitor.room)), CodeChange(.release), fixture.writing()
            ).value()
            #expect(released.map(\.id) == held.map(\.id))
        }
    }

    @Test(arguments: Engine.allCases)
    func theWorkOfOthersIsLeftOut(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let me = try await stores.makeUser("عمر", fixture)
            let other = try await stores.makeUser("نورة", fixture)
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
            for owner in [me, other] {
                try await stores.keep(fixture.newDeal(owner.name, of: contact.id) { $0.owner = owner.id }, fixture)
            }
            let request = ListRequest<TimelineSort, TimelineEntry.Kind?>(
                filter: nil, order: TimelineSort.usual, limit: 10)
            let mine = try await stores.contacts.timeline(of: contact.id, scope: .agent(me.id), sight: nil, request)
            #expect(mine.items.map(\.text) == ["عمر"])
            let all = try await stores.contacts.timeline(of: contact.id, scope: .everything, sight: nil, request)
            #expect(all.items.count == 2)
        }
    }
}

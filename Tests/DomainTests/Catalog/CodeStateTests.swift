import Domain
import HubTestKit
import Testing

@Suite struct CodeStateTests {
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)
    private static let later = now + .seconds(60)
    private static let before = now - .milliseconds(1)

    private static let states: [CodeState] = [
        .available, .reserved(until: later), .reserved(until: now), .sold, .revoked,
    ]
    private static let inputs: [CodeState.Input] = [.reserve(until: later), .sell, .release, .revoke, .timePassed]

    /// Nil where it is refused.
    private static func next(
        _ state: CodeState,
        _ input: CodeState.Input,
        expiresAt: Timestamp? = nil
    ) -> CodeState? {
        do throws(HubError) {
            return try state.after(input, at: now, expiresAt: expiresAt)
        } catch {
            #expect(error.code == .conflict)
            return nil
        }
    }

    /// Every state and every input. A reservation that is over at this moment counts as none.
    @Test func theTable() {
        let held = CodeState.reserved(until: Self.later)
        let expected: [[CodeState?]] = [
            //  reserve  sell    release     revoke    timePassed
            [held, .sold, nil, .revoked, .available],
            [nil, .sold, .available, .revoked, held],
            [held, .sold, nil, .revoked, .available],
            [nil, nil, nil, .revoked, .sold],
            [nil, nil, nil, nil, .revoked],
        ]
        for (state, row) in zip(Self.states, expected) {
            for (input, next) in zip(Self.inputs, row) {
                #expect(Self.next(state, input) == next, "\(state) \(input)")
            }
        }
    }

    /// The same for a code that expires at this moment: it is not handed out any more.
    @Test func theTableOfWhatExpired() {
        let held = CodeState.reserved(until: Self.later)
        let expected: [[CodeState?]] = [
            [nil, nil, nil, .revoked, .revoked],
            [nil, nil, .available, .revoked, held],
            [nil, nil, nil, .revoked, .revoked],
            [nil, nil, nil, .revoked, .sold],
            [nil, nil, nil, nil, .revoked],
        ]
        for (state, row) in zip(Self.states, expected) {
            for (input, next) in zip(Self.inputs, row) {
                #expect(Self.next(state, input, expiresAt: Self.now) == next, "\(state) \(input)")
            }
        }
    }

    /// Whatever happens: sold at most once, never back from sold or revoked, and the stock is what is available.
    @Test(arguments: UInt64(1)...20)
    func whateverHappensACodeIsSoldOnce(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var moment = Self.now
        let actor = AuditActor(kind: .user, id: "u", name: "سارة")
        for _ in 0..<50 {
            var code = Self.code(expiresAt: random.chance(in: 3) ? Self.now + .seconds(40) : nil)
            var (sales, stock) = (0, Int64(1))
            for _ in 0..<40 {
                moment = moment + .seconds(Int.random(in: 0...10, using: &random))
                let input = random.pick(
                    [
                        .reserve(until: moment + .seconds(5)), .sell, .release, .revoke, .timePassed,
                    ] as [CodeState.Input])
                let old = code
                do throws(HubError) {
                    try code.apply(CodeChange(input, to: .order("o")), by: actor, at: moment)
                } catch {
                    #expect(code == old)
                    continue
                }
                if code.state == .sold, old.state != .sold { sales += 1 }
                stock += code.stockChange(from: old)
                #expect(stock == (code.state == .available ? 1 : 0))
                #expect((code.version > old.version) == (code != old))
                #expect((code.state.name == .available) == (code.recipient == nil) || code.state == .revoked)
                if old.state == .revoked { #expect(code == old) }
                if old.state == .sold { #expect(code.state == .sold || code.state == .revoked) }
            }
            #expect(sales <= 1)
        }
    }

    @Test func nobodyGetsACodeForNobody() throws {
        var code = Self.code(expiresAt: nil)
        let actor = AuditActor(kind: .user, id: "u", name: "سارة")
        #expect(throws: HubError.self) { try code.apply(CodeChange(.sell), by: actor, at: Self.now) }
        #expect(code.state == .available)
        let hold = CodeChange(.reserve(until: Self.later), to: .order("o-1"))
        try code.apply(hold, by: actor, at: Self.now)
        try code.apply(CodeChange(.sell), by: actor, at: Self.now)
        #expect(code.state == .sold && code.recipient == .order("o-1") && code.allocatedBy == "u")
    }

    @Test func theDocumentHoldsNoMoreThanTheMask() {
        let document = JSONValue.object(Self.code(expiresAt: nil).document).text
        #expect(document.contains("••••6789") && !document.contains("ABCD"))
    }

    private static func code(expiresAt: Timestamp?) -> DigitalCode {
        DigitalCode(
            id: .make(at: now),
            product: .make(at: now),
            mask: SecretMask(of: "ABCD-EFGH-0123456789"),
            expiresAt: expiresAt,
            importID: .make(at: now),
            createdAt: now,
            changedAt: now
        )
    }
}

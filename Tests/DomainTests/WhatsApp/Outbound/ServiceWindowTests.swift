import HubTestKit
import Testing

@testable import Domain

@Suite struct ServiceWindowTests {
    private let start = Samples.start
    private let free = OutboundMessage.text("مرحبا", showsPreview: false)
    private let template = OutboundMessage.template(OutboundTemplate(name: "hi", language: "ar"))

    @Test func itIsOpenForADay() {
        let window = ServiceWindow(lastInboundAt: start)
        let end = start + .seconds(86_400)
        let warning = end - .seconds(3600)
        let steps: [(Timestamp, ServiceWindow.State, Timestamp?)] = [
            (start, .open(until: end), warning), (warning - .milliseconds(1), .open(until: end), warning),
            (warning, .closing(at: end), end), (end - .milliseconds(1), .closing(at: end), end),
            (end, .closed, nil), (end + .seconds(1), .closed, nil),
        ]
        for (moment, state, next) in steps {
            #expect(window.state(at: moment) == state && window.nextChange(after: moment) == next)
            #expect(window.allows(free, at: moment) == (state != .closed))
            #expect(window.allows(template, at: moment))
        }
    }

    @Test func withoutAWordFromTheCustomerItIsClosed() {
        let window = ServiceWindow(lastInboundAt: nil)
        #expect(window.state(at: start) == .closed && window.end == nil && window.nextChange(after: start) == nil)
        #expect(!window.allows(free, at: start) && window.allows(template, at: start))
    }

    @Test func onlyANewerMessageMovesItsEnd() {
        var window = ServiceWindow(lastInboundAt: nil)
        let first = window.heard(at: start)
        let late = window.heard(at: start - .seconds(60))
        let again = window.heard(at: start)
        let newer = window.heard(at: start + .seconds(60))
        #expect(first && !late && !again && newer)
        #expect(window.end == start + .seconds(86_460))
    }
}

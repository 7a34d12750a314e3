import Foundation
import Testing

@testable import HubLoad

@Suite struct PlanTests {
    @Test(arguments: [
        ("50", Rate.perSecond(50), "50"), ("0.5", .perSecond(0.5), "0.5"),
        ("max", .max(window: Rate.defaultWindow), "max"), ("max:8", .max(window: 8), "max:8"),
    ]) func aRateIsReadAndShown(text: String, rate: Rate, shown: String) {
        #expect(Rate(text) == rate)
        #expect(rate.description == shown)
    }

    @Test(arguments: ["", "0", "-1", "fast", "max:", "max:0", "max:1:2", "inf", "nan"])
    func whatIsNoRateIsRefused(text: String) {
        #expect(Rate(text) == nil)
    }

    @Test func aTitleSaysWhatTellsRunsApart() {
        #expect(Plan(.fanout).title == "fanout 1×1000 at 50/s")
        #expect(Plan(.fanout).at(.max(window: Rate.defaultWindow)).deflated.title == "fanout 1×1000 at max deflate")
        #expect(Plan(.idle).with(rooms: 10, members: 1000).title == "idle 10×1000")
        let titles = Comparison.all.map(\.plan.title)
        #expect(Set(titles).count == titles.count)
    }

    @Test func everyTargetOfTheStandardSetIsThere() {
        let names = Set(Peer.all(in: Place.peers).map(\.name))
        for suite in Comparison.all {
            #expect(names.isSuperset(of: suite.targets))
        }
    }

    @Test(arguments: [25, 200, 8000]) func aTextHasItsSizeAndItsMarker(size: Int) {
        let marker = Marker(stamp: 9, number: 4)
        let texts = MessageTexts(byteCount: size)
        #expect(texts.text(marker).utf8.count == size)
        #expect(texts.text(marker).hasPrefix(marker.text))
        #expect(texts.text(marker) == texts.text(marker))
    }
}

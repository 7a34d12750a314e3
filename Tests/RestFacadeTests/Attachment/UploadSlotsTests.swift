import Domain
import Testing

@testable import RestFacade

@Suite struct UploadSlotsTests {
    private let sara = Participant(kind: .visitor, id: "1", name: "سارة")
    private let omar = Participant(kind: .visitor, id: "2", name: "عمر")
    private let staff = Participant(kind: .staff, id: "1", name: "نورة")

    @Test func nobodyTakesAll() throws {
        let slots = UploadSlots(maxTotal: 3, maxPerPerson: 2)
        try slots.take(sara)
        try slots.take(sara)
        #expect(throws: HubError.self) { try slots.take(sara) }
        try slots.take(staff)
        #expect(throws: HubError.self) { try slots.take(omar) }
    }

    @Test func placesComeBack() throws {
        let slots = UploadSlots(maxTotal: 2, maxPerPerson: 1)
        for _ in 0..<3 {
            try slots.take(sara)
            try slots.take(omar)
            slots.leave(sara)
            slots.leave(omar)
        }
    }

    @Test func refusalInvitesAnotherTry() {
        let slots = UploadSlots(maxTotal: 0, maxPerPerson: 1)
        let error = #expect(throws: HubError.self) { try slots.take(sara) }
        #expect(error?.code == .busy)
        #expect(error?.retryAfter != nil)
    }
}

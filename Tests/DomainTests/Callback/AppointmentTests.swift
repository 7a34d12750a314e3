import HubTestKit
import Testing

@testable import Domain

@Suite struct AppointmentTests {
    private static func callback(_ change: (inout Callback) throws -> Void = { _ in }) throws -> Callback {
        var callback = Callback(id: .make(at: Samples.start), by: .staff, at: Samples.start)
        callback.phone = "+966501234567"
        try change(&callback)
        return callback
    }

    @Test func aCalendarShowsWhomToCallAboutWhat() throws {
        let callback = try Self.callback { callback in
            callback.name = "ليلى"
            callback.topic = "فاتورة"
        }
        let appointment = try #require(callback.appointment)
        #expect(appointment.id == CalendarEventID(naming: callback.id.text))
        #expect(appointment.summary.contains("ليلى") && appointment.details == "+966501234567\nفاتورة")
        #expect(appointment.start == callback.dueAt && appointment.end == callback.dueAt + .seconds(900))
        #expect(try Self.callback().appointment?.summary.contains("+966501234567") == true)
    }

    @Test func whatIsCalledOffIsNotShownAndWhatIsDoneStays() throws {
        #expect(try Self.callback { try $0.move(to: .cancelled) }.appointment == nil)
        var callback = try Self.callback()
        let before = callback.appointment
        try callback.move(to: .done)
        callback.outcome = "اشترى"
        #expect(callback.appointment == before)
    }
}

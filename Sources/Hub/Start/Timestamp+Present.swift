import Domain
import Foundation

extension Timestamp {
    /// Now, by the system's clock. Everything below composition is handed the time.
    static var present: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}

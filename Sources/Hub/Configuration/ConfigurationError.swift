/// Why the configuration stops the start: one line that names the setting, its problem and what is accepted.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// `EX_CONFIG` of sysexits.h: supervisors can tell it from a crash and need not restart.
    static let exitStatus: Int32 = 78

    let name: String
    /// Never holds the value of a secret.
    let problem: String
    let accepted: String

    var description: String { "\(name): \(problem); accepted: \(accepted)" }
}

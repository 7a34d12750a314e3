import Foundation

/// The web pages that may open a socket besides the hub's own.
enum AllowedOrigins: Sendable, Equatable {
    case any
    /// Scheme, host and port in lower case as browsers send them: without the scheme's usual port.
    case listed([String])

    static func parse(_ text: String) throws(SettingProblem) -> AllowedOrigins {
        if text.trimmingCharacters(in: .whitespaces) == "*" { return .any }
        return .listed(try SettingParser.list(of: origin)(text))
    }

    /// An origin exactly (RFC 6454 §6.1): no path, no pattern.
    private static func origin(_ text: String) throws(SettingProblem) -> String {
        guard !text.contains("*") else { throw SettingProblem("holds a pattern; * stands only alone") }
        guard let parts = URLComponents(string: text.lowercased()), let scheme = parts.scheme,
            let usualPort = ["https": 443, "http": 80][scheme], let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil
        else { throw SettingProblem("holds something other than http:// or https:// and a host") }
        guard parts.path.isEmpty, parts.query == nil, parts.fragment == nil else {
            throw SettingProblem("holds an address with a path; an origin ends with the host or port")
        }
        let port = parts.port ?? usualPort
        guard (1...65_535).contains(port) else { throw SettingProblem("holds a port above 65535") }
        return "\(scheme)://\(host)" + (port == usualPort ? "" : ":\(port)")
    }
}

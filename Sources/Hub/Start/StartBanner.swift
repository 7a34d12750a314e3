/// What a started hub tells whoever started it: where everything is.
struct StartBanner {
    let configuration: HubConfiguration
    /// The port it listens on, which differs from the configured one when that is 0.
    let port: Int
    let admin: FirstAdmin.Outcome

    var text: String {
        let web = configuration.publicURL ?? localAddress
        let sockets = web.replacingScheme("https", "wss") ?? web.replacingScheme("http", "ws") ?? web
        let rows = [
            ("Shop page", "\(web)/"),
            ("Staff page", "\(web)/staff"),
            ("Visitors' socket", "\(sockets)/api/v1/chat/ws/public"),
            ("Staff socket", "\(sockets)/api/v1/chat/ws"),
            ("Health", "\(web)/health and \(web)/ready"),
            ("Data", "\(configuration.dataDirectory), \(configuration.database.title)"),
        ]
        return "TwoCards Hub \(HubVersion.current)\n" + Self.table(rows) + adminText
    }

    private var adminText: String {
        switch admin {
        case .notNeeded: ""
        case .made(let email, let generatedPassword?):
            "\nFirst start: an administrator was made. The password is shown only now.\n"
                + Self.table([("E-mail", email), ("Password", generatedPassword)])
        case .made(let email, nil):
            "\nFirst start: an administrator was made, with the password of ADMIN_PASSWORD.\n"
                + Self.table([("E-mail", email)])
        }
    }

    /// Where this machine's browser finds it.
    private var localAddress: String {
        let scheme = configuration.tls == nil ? "http" : "https"
        let host =
            switch configuration.host {
            case "0.0.0.0", "": "127.0.0.1"
            case "::": "[::1]"
            case let address where address.contains(":"): "[\(address)]"
            default: configuration.host
            }
        return "\(scheme)://\(host):\(port)"
    }

    private static func table(_ rows: [(String, String)]) -> String {
        rows.map { "  \($0.padded(to: 18))\($1)\n" }.joined()
    }
}

extension String {
    fileprivate func replacingScheme(_ scheme: String, _ other: String) -> String? {
        hasPrefix(scheme + "://") ? other + dropFirst(scheme.count) : nil
    }
}

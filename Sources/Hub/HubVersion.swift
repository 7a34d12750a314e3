/// Which hub this is.
enum HubVersion {
    static let current = "0.1.0"
}

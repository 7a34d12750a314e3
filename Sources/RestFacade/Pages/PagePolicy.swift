/// What a page may load and run (Content Security Policy, level 3).
///
/// Scripts and styles come from the hub alone; the sockets of a hub behind a proxy may have another origin's name.
struct PagePolicy {
    /// The value of `Content-Security-Policy`.
    let text: String

    /// - Parameter script: the one script that stands in the page itself
    init(naming script: FileDigest? = nil) {
        let scripts = script.map { "'self' '\($0.integrity)'" } ?? "'self'"
        text = """
            default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; media-src 'self' blob:; \
            style-src 'self'; script-src \(scripts); frame-ancestors 'self'; base-uri 'none'; object-src 'none'; \
            form-action 'self'
            """
    }
}

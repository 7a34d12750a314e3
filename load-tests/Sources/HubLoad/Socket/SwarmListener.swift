/// Hears what happens on the sockets of a `Swarm`.
protocol SwarmListener: AnyObject {
    func opened(_ link: Int) throws(LoadError)
    /// A whole text message, inflated; the bytes are valid during the call only.
    func received(_ message: UnsafeRawBufferPointer, on link: Int) throws(LoadError)
    /// The server ended the connection; `code` is that of its close frame.
    func closed(_ link: Int, code: Int?) throws(LoadError)
}

import Domain

/// Removes one blob in two steps, on the thread of its store.
///
/// The name that it has in between stays the same, so that what a crash left is taken up again. Several hubs may
/// remove the same blob at once: each step bears that another has done it.
actor FileBlobRemover {
    private let path: String
    private let thread: DedicatedThread
    private var aside: String { "\(path).removing" }

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ path: String, _ thread: DedicatedThread) {
        self.path = path
        self.thread = thread
    }

    func setAside() throws(HubError) {
        _ = try BlobFile.renameIfThere(path, to: aside)
    }

    func putBack() throws(HubError) {
        _ = try BlobFile.renameIfThere(aside, to: path)
    }

    func remove() {
        BlobFile.remove(aside)
    }
}

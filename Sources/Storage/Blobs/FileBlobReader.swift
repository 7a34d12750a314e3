import Domain

/// Reads one blob, on the thread of its store.
actor FileBlobReader: BlobReader {
    nonisolated let size: Int64
    private let thread: DedicatedThread
    private var file: BlobFile?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    static func open(_ path: String, _ thread: DedicatedThread) async throws -> FileBlobReader? {
        try await FileBlobOpener(thread).open(path)
    }

    init(_ file: consuming BlobFile, size: Int64, _ thread: DedicatedThread) {
        self.file = consume file
        self.size = size
        self.thread = thread
    }

    func read(at offset: Int64, count: Int) throws(HubError) -> [UInt8] {
        guard offset >= 0, count > 0, offset < size else { return [] }
        let count = Int(min(Int64(count), size - offset))
        guard let bytes = try file?.read(at: offset, count: count) else {
            throw HubError(.internal, "A blob was read after it was closed.")
        }
        return bytes
    }

    func close() {
        file = nil
    }
}

/// Opens blobs on the thread of their store: a reader knows its size from the start.
private actor FileBlobOpener {
    private let thread: DedicatedThread

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ thread: DedicatedThread) {
        self.thread = thread
    }

    func open(_ path: String) throws(HubError) -> FileBlobReader? {
        guard let file = try BlobFile.reading(path) else { return nil }
        let size = try file.size()
        return FileBlobReader(file, size: size, thread)
    }
}

import Domain
import Glibc

/// Prepares the directory of a `FileBlobStore`, on its thread.
actor FileBlobHousekeeper {
    private let layout: BlobLayout
    private let thread: DedicatedThread

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ layout: BlobLayout, _ thread: DedicatedThread) {
        self.layout = layout
        self.thread = thread
    }

    func prepare(removingOlderThan age: Duration) throws(HubError) {
        for path in [layout.directory, layout.temporary] { _ = try BlobFile.makeDirectory(path) }
        try BlobFile.syncDirectory(layout.directory)
        removeLeftovers(age)
    }

    /// Files that somebody writes to now are younger.
    private func removeLeftovers(_ age: Duration) {
        guard let directory = opendir(layout.temporary) else { return }
        defer { closedir(directory) }
        let limit = time(nil) - Int(age.components.seconds)
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            let path = "\(layout.temporary)/\(name)"
            guard !name.hasPrefix("."), stat(path, &status) == 0, status.st_mtim.tv_sec < limit else { continue }
            BlobFile.remove(path)
        }
    }
}

#if canImport(Glibc)
    import CMalloc
#endif

/// How many heaps the C library spreads its blocks over.
enum MallocArenas {
    /// Keeps glibc at one heap for each core; to be called early, for it takes back none.
    ///
    /// Left to itself it makes eight for each core, and what is free in one is of no use to the others: 10,000 idle
    /// connections on 2 cores took half a kilobyte more each.
    static func limit(cores: Int, environment: [String: String]) {
        guard let most = most(cores: cores, environment: environment) else { return }
        #if canImport(Glibc)
            // Fails only for numbers out of range, and then all is as it was.
            _ = mallopt(M_ARENA_MAX, most)
        #endif
    }

    /// Nil where glibc was told by `MALLOC_ARENA_MAX`.
    static func most(cores: Int, environment: [String: String]) -> Int32? {
        environment["MALLOC_ARENA_MAX"] == nil ? Int32(clamping: max(cores, 2)) : nil
    }
}

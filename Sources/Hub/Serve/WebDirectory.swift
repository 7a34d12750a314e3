import Foundation

/// Where the web pages lie: in the working directory, or beside the program as the build leaves it.
enum WebDirectory {
    static func locate() -> String {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var folder = program.deletingLastPathComponent()
        var candidates = [FileManager.default.currentDirectoryPath + "/web"]
        // An installed program has them beside it; a built one lies three folders down in `.build`.
        for _ in 0..<5 {
            candidates.append(folder.appendingPathComponent("web").path)
            folder.deleteLastPathComponent()
        }
        return candidates.first { FileManager.default.fileExists(atPath: $0 + "/index.html") } ?? candidates[0]
    }
}

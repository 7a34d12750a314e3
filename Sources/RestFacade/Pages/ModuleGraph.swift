import Domain

/// Which modules load which others.
struct ModuleGraph {
    /// By the names of modules, those that they import.
    private let imports: [String: [String]]

    /// Throws `HubError` that names a module which imports what is not there: no page with it would start.
    init(_ files: [SourceFile]) throws(HubError) {
        let modules = files.filter(\.type.isModule)
        let names = Set(modules.map(\.name))
        var imports: [String: [String]] = [:]
        for module in modules {
            let named = ModuleHead(of: module.text).imports
            let resolved = named.map { Self.name(of: $0, importedBy: module.name) }
            for (text, name) in zip(named, resolved) where !names.contains(name) {
                throw .badRequest("\(module.name) imports \"\(text)\", and there is no \(name).")
            }
            imports[module.name] = resolved
        }
        self.imports = imports
    }

    /// What is loaded together with these modules, nearest first, without them.
    func needed(by entries: [String]) -> [String] {
        var found = Set(entries)
        var order = entries
        var next = order.startIndex
        while next < order.endIndex {
            order += (imports[order[next]] ?? []).filter { found.insert($0).inserted }
            next += 1
        }
        return Array(order.dropFirst(entries.count))
    }

    /// The name below the folder of what a module at `importer` calls `specifier`, which is relative.
    static func name(of specifier: String, importedBy importer: String) -> String {
        var parts = importer.split(separator: "/").dropLast()
        for part in specifier.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": parts = parts.dropLast()
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}

import Domain

/// Which modules load which others.
struct ModuleGraph {
    /// By the names of modules, those that they import at their head.
    private let imports: [String: [String]]
    /// By the names of modules, those that they load while they run.
    private let laterImports: [String: [String]]

    /// Throws `HubError` that names a module which imports what is not there, or what nobody can know before it runs:
    /// a page would fail there, or load what no digest vouches for.
    init(_ files: [SourceFile]) throws(HubError) {
        let modules = files.filter(\.type.isModule)
        let names = Set(modules.map(\.name))
        var imports: [String: [String]] = [:]
        var laterImports: [String: [String]] = [:]
        for module in modules {
            let text = module.text
            let later = LaterImports(of: text)
            guard !later.hasUnnamed else {
                throw .badRequest(
                    "\(module.name) has an import(…) that names no module. Write the name in quotes there.")
            }
            imports[module.name] = try Self.resolved(ModuleHead(of: text).imports, by: module.name, among: names)
            laterImports[module.name] = try Self.resolved(later.names, by: module.name, among: names)
        }
        self.imports = imports
        self.laterImports = laterImports
    }

    /// What is loaded together with these modules, nearest first, without them.
    func needed(by entries: [String]) -> [String] {
        reached(from: entries) { imports[$0] ?? [] }
    }

    /// What these modules may load once they run, with all that comes along; without what is there by then.
    func loadedLater(by entries: [String]) -> [String] {
        let all = reached(from: entries) { (imports[$0] ?? []) + (laterImports[$0] ?? []) }
        let present = Set(needed(by: entries))
        return all.filter { !present.contains($0) }
    }

    private func reached(from entries: [String], by step: (String) -> [String]) -> [String] {
        var found = Set(entries)
        var order = entries
        var next = order.startIndex
        while next < order.endIndex {
            order += step(order[next]).filter { found.insert($0).inserted }
            next += 1
        }
        return Array(order.dropFirst(entries.count))
    }

    private static func resolved(
        _ specifiers: [String],
        by importer: String,
        among names: Set<String>
    ) throws(HubError) -> [String] {
        var resolved: [String] = []
        for specifier in specifiers {
            let name = name(of: specifier, importedBy: importer)
            guard names.contains(name) else {
                throw .badRequest("\(importer) imports \"\(specifier)\", and there is no \(name).")
            }
            resolved.append(name)
        }
        return resolved
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

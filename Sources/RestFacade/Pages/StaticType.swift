/// The kinds of files that are served from the folder of the pages, by the ending of their names.
enum StaticType: String, Sendable, CaseIterable {
    case html, css, js, mjs, json, webmanifest, txt, yaml, svg, png, webp, ico, woff2

    /// The value of `Content-Type`.
    var contentType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .css: "text/css; charset=utf-8"
        case .js, .mjs: "text/javascript; charset=utf-8"
        case .json: "application/json; charset=utf-8"
        case .webmanifest: "application/manifest+json; charset=utf-8"
        case .txt: "text/plain; charset=utf-8"
        case .yaml: "application/yaml; charset=utf-8"
        case .svg: "image/svg+xml; charset=utf-8"
        case .png: "image/png"
        case .webp: "image/webp"
        case .ico: "image/x-icon"
        case .woff2: "font/woff2"
        }
    }

    /// Whether it is shown by itself rather than used by a page.
    var isPage: Bool {
        switch self {
        case .html: true
        case .css, .js, .mjs, .json, .webmanifest, .txt, .yaml, .svg, .png, .webp, .ico, .woff2: false
        }
    }

    /// Whether it is made of words, which gzip makes smaller.
    var isText: Bool {
        switch self {
        case .html, .css, .js, .mjs, .json, .webmanifest, .txt, .yaml, .svg: true
        case .png, .webp, .ico, .woff2: false
        }
    }

    var isModule: Bool { self == .js || self == .mjs }
}

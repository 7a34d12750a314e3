// swift-tools-version: 6.3

import PackageDescription

/// Every Swift target of ours is compiled with these: see `docs/architecture.md`, "Fences".
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "_CryptoExtras", package: "swift-crypto")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "twocards-hub",
    products: [
        .executable(name: "hub", targets: ["Hub"]),
        // Stand-ins for outside services, for tests and for trying the hub.
        .executable(name: "hub-fakes", targets: ["Fakes"]),
        // For tests alone: see scripts/conformance.
        .executable(name: "conformance-echo", targets: ["ConformanceEcho"]),
        .executable(name: "hub-load", targets: ["HubLoad"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        .target(name: "Domain", swiftSettings: house),
        .target(name: "Wire", dependencies: ["Domain", nioCore], swiftSettings: house),
        .target(
            name: "Actors",
            dependencies: ["Domain", "Wire", nioCore, logging, metrics, serviceLifecycle],
            swiftSettings: house
        ),
        .target(
            name: "Storage",
            dependencies: ["Domain", "CPostgres", grdb, grdbSQLite, crypto, logging],
            swiftSettings: house
        ),
        .target(
            name: "Integrations",
            dependencies: [
                "Domain", asyncHTTPClient, jwtKit, crypto, cryptoExtras, logging, nioCore, nioHTTP1, nioPosix, nioSSL,
            ],
            swiftSettings: house
        ),
        .target(
            name: "Transport",
            dependencies: [
                "Domain", "Wire", "Actors", "CZlib", nioCore, nioPosix, nioSSL, nioTLS, nioHTTP1, nioHTTPTypes,
                nioHTTPTypesHTTP1, httpTypes, hummingbirdCore, crypto, logging, metrics, serviceLifecycle,
            ],
            swiftSettings: house
        ),
        .target(
            name: "RestFacade",
            dependencies: [
                "Domain", "Wire", "Actors", "CZlib", crypto, hummingbird, httpTypes, nioCore, logging, metrics,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "Hub",
            dependencies: [
                "Domain", "Wire", "Actors", "Storage", "Integrations", "Transport", "RestFacade", "CMalloc",
                argumentParser, hummingbird, nioCore, nioPosix, nioSSL, logging, metrics, serviceLifecycle, unixSignals,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "Fakes",
            dependencies: [
                argumentParser, asyncHTTPClient, crypto, hummingbird, httpTypes, logging, nioCore, nioHTTP1, nioPosix,
                nioSSL,
            ],
            resources: [
                .embedInCode("Pages/phone.html"), .embedInCode("Pages/assistant.html"),
                .embedInCode("Pages/mails.html"), .embedInCode("OpenAI/shop.json"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "HubLoad",
            dependencies: ["CLinux", "CZlib", argumentParser, crypto, histogram],
            path: "load-tests/Sources/HubLoad",
            swiftSettings: house
        ),
        .target(name: "CLinux", path: "load-tests/Sources/CLinux"),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(
            name: "CPostgres",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        .target(name: "HubTestKit", dependencies: ["Domain"], path: "Tests/HubTestKit", swiftSettings: house),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "HubTestKit"], swiftSettings: house),
        .testTarget(
            name: "WireTests",
            dependencies: ["Wire", "Domain", "HubTestKit", nioCore],
            exclude: ["Golden"],
            swiftSettings: house
        ),
        .testTarget(
            name: "ActorsTests",
            dependencies: [
                "Actors", "Domain", "HubTestKit", "Integrations", "Storage", "Wire", logging, nioCore, nioPosix,
                serviceLifecycle,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Domain", "Integrations", "Storage", crypto, logging],
            swiftSettings: house
        ),
        .testTarget(
            name: "HubTests",
            dependencies: [
                "Hub", "Domain", "Integrations", "Storage", "Transport", argumentParser, logging, nioCore, nioPosix,
            ],
            swiftSettings: house
        ),
        .testTarget(name: "FakesTests", dependencies: ["Fakes"], swiftSettings: house),
        .testTarget(
            name: "HubLoadTests",
            dependencies: ["Hub", "HubLoad", argumentParser],
            path: "load-tests/Tests/HubLoadTests",
            swiftSettings: house
        ),
        .testTarget(
            name: "IntegrationsTests",
            dependencies: [
                "Integrations", "Domain", "HubTestKit", crypto, jwtKit, logging, nioCore, nioHTTP1, nioPosix, nioSSL,
            ],
            exclude: ["Secret/Vectors"],
            swiftSettings: house
        ),
        .testTarget(
            name: "RestFacadeTests",
            dependencies: [
                "RestFacade", "Domain", "Actors", "Storage", "Integrations", hummingbird, httpTypes, nioCore, nioPosix,
                nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, crypto, logging, serviceLifecycle,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "TransportTests",
            dependencies: ["Transport", "Actors", "Domain", "HubTestKit", nioCore, nioEmbedded, nioHTTP1],
            swiftSettings: house
        ),
        .executableTarget(
            name: "ConformanceEcho",
            dependencies: ["Transport", nioCore, nioPosix],
            path: "Tests/ConformanceEcho",
            swiftSettings: house
        ),
    ]
)

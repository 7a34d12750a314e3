import NIOSSL

/// A certificate for `service.test` that signed itself, with its key. Nobody trusts it but the tests.
enum TestCertificate {
    static let name = "service.test"

    static func certificate() throws -> NIOSSLCertificate {
        try NIOSSLCertificate(bytes: Array(chain.utf8), format: .pem)
    }

    static func server() throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(certificate())],
                privateKey: .privateKey(NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))))
    }

    private static let chain = """
        -----BEGIN CERTIFICATE-----
        MIIBnjCCAUSgAwIBAgIUMLXl0YFJSrSPPk24dtUKmpDBYOUwCgYIKoZIzj0EAwIw
        FzEVMBMGA1UEAwwMc2VydmljZS50ZXN0MCAXDTI2MTEyMjAwMTIwNVoYDzIxMjYx
        MDI5MDAxMjA1WjAXMRUwEwYDVQQDDAxzZXJ2aWNlLnRlc3QwWTATBgcqhkjOPQIB
        BggqhkjOPQMBBwNCAAQoo96kUnAQ5/8XZAvqGANrpdfShlvjSwOmIPQEe98D+iBB
        hgevcvz67psnnTA7cwXJcbkdHZd/QELb4pow+4+qo2wwajAdBgNVHQ4EFgQUDgwR
        Yis6nHZaOKI4KI0llk+YLvIwHwYDVR0jBBgwFoAUDgwRYis6nHZaOKI4KI0llk+Y
        LvIwDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxzZXJ2aWNlLnRlc3QwCgYI
        KoZIzj0EAwIDSAAwRQIgKlf7QdybZDZV936W8HwszFhJunw3K3QQB2jo13wG8J4C
        IQCuqHtk0PHy2tDu8EXFSYV9UwZ5c2oXGQDChVh7NmYtvw==
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCgwjQfJriuuM79pc
        YI6bu0sS+rgr/mwaC47ZuZurfCChRANCAAQoo96kUnAQ5/8XZAvqGANrpdfShlvj
        SwOmIPQEe98D+iBBhgevcvz67psnnTA7cwXJcbkdHZd/QELb4pow+4+q
        -----END PRIVATE KEY-----
        """
}

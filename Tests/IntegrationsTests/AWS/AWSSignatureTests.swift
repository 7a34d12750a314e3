import Domain
import Testing

@testable import Integrations

/// The examples that AWS published for Signature Version 4 (`aws-sig-v4-test-suite`, and the IAM User Guide's).
@Suite struct AWSSignatureTests {
    private static let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    /// 2015-08-30T12:36:00Z
    private static let moment = Timestamp(milliseconds: 1_440_938_160_000)
    private static let host = (name: "Host", value: "example.amazonaws.com")

    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        var service = "service"
        let request: AWSSignature.Request
        let signedHeaders: String
        let signature: String
        var testDescription: String { name }
    }

    static let examples = [
        Example(
            name: "get-vanilla", request: .init(method: "GET", headers: [host]), signedHeaders: "host;x-amz-date",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Example(
            name: "get-vanilla-query-order-key-case",
            request: .init(method: "GET", query: [("Param2", "value2"), ("Param1", "value1")], headers: [host]),
            signedHeaders: "host;x-amz-date",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        Example(
            name: "post-vanilla", request: .init(headers: [host]), signedHeaders: "host;x-amz-date",
            signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        Example(
            name: "post-x-www-form-urlencoded",
            request: .init(
                headers: [("Content-Type", "application/x-www-form-urlencoded"), host],
                body: Array("Param1=value1".utf8)),
            signedHeaders: "content-type;host;x-amz-date",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
        Example(
            name: "get-header-value-trim",
            request: .init(
                method: "GET", headers: [host, ("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")]),
            signedHeaders: "host;my-header1;my-header2;x-amz-date",
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
        Example(
            name: "IAM ListUsers", service: "iam",
            request: .init(
                method: "GET", query: [("Action", "ListUsers"), ("Version", "2010-05-08")],
                headers: [
                    ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                    ("Host", "iam.amazonaws.com"),
                ]),
            signedHeaders: "content-type;host;x-amz-date",
            signature: "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
    ]

    @Test(arguments: examples)
    func signsAsPublished(_ example: Example) {
        let signature = AWSSignature(credentials: Self.credentials, region: "us-east-1", service: example.service)
        let headers = signature.headers(for: example.request, at: Self.moment)
        #expect(headers.map(\.name) == ["X-Amz-Date", "Authorization"])
        #expect(headers[0].value == "20150830T123600Z")
        #expect(
            headers[1].value == """
                AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/\(example.service)/aws4_request, \
                SignedHeaders=\(example.signedHeaders), Signature=\(example.signature)
                """)
    }

    /// Signed by the SDK of AWS for Python (botocore 1.44.5).
    @Test func aRequestToKMSIsSignedAsTheSDKDoes() {
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE+/=")
        let signature = AWSSignature(credentials: credentials, region: "me-central-1", service: "kms")
        let request = AWSSignature.Request(
            headers: [
                ("Host", "kms.me-central-1.amazonaws.com"), ("Content-Type", "application/x-amz-json-1.1"),
                ("X-Amz-Target", "TrentService.Decrypt"),
            ],
            body: Array(#"{"KeyId":"k","CiphertextBlob":"AAAA"}"#.utf8))
        let headers = signature.headers(for: request, at: Self.moment)
        #expect(headers.map(\.name) == ["X-Amz-Date", "X-Amz-Security-Token", "Authorization"])
        #expect(
            headers[2].value == """
                AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/me-central-1/kms/aws4_request, \
                SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, \
                Signature=b190f97c615385660e40009c25dda258abb6cbfbc45cdec8147780033cbc178a
                """)
    }
}

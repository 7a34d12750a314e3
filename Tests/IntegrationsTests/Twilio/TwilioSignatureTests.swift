import Domain
import Testing

@testable import Integrations

/// Vectors of Twilio's own validators.
@Suite struct TwilioSignatureTests {
    private static let signature = TwilioSignature(token: "12345")
    private static let url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    private static let form: FormFields = [
        "To": "+18005551212", "CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234",
        "From": "+14158675309",
    ]
    private static let json = Array(#"{"property": "value", "boolean": true}"#.utf8)
    private static let digest = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"

    private func isGood(_ header: String, _ url: String = url, _ form: FormFields = form, body: [UInt8] = []) -> Bool {
        Self.signature.isGood(header, for: TwilioSignedRequest(url: url, form: form), body: body)
    }

    @Test func aFormIsSignedWithThePortOrWithout() {
        #expect(isGood("RSOYDt4T1cUTdK1PDd93/VVr8B8="))
        #expect(isGood("kvajT1Ptam85bY51eRf/AJRuM3w="))
        let withPort = "https://mycompany.com:443/myapp.php?foo=1&bar=2"
        #expect(isGood("RSOYDt4T1cUTdK1PDd93/VVr8B8=", withPort) && isGood("kvajT1Ptam85bY51eRf/AJRuM3w=", withPort))
    }

    @Test func aBodyIsSignedByItsDigest() {
        let url = Self.url + "&bodySHA256=" + Self.digest
        #expect(isGood("a9nBmqA0ju/hNViExpshrM61xv4=", url, [:], body: Self.json))
        #expect(!isGood("a9nBmqA0ju/hNViExpshrM61xv4=", url, [:], body: Self.json + [0x20]))
        #expect(!isGood("a9nBmqA0ju/hNViExpshrM61xv4=", url, [:]))
    }

    @Test func aRepeatedNameIsSignedWithEachValueOnce() {
        let once: FormFields = ["A": "1", "A": "2"]
        let candidates = [once, ["A": "2", "A": "1"], ["A": "2", "A": "1", "A": "2"]].map {
            TwilioSignedRequest(url: "https://h/", form: $0).candidates
        }
        #expect(candidates[0] == ["https://h/A1A2", "https://h:443/A1A2"])
        #expect(candidates[1] == candidates[0] && candidates[2] == candidates[0])
        #expect(
            TwilioSignedRequest(url: "http://h:8080/?a", form: [:]).candidates == ["http://h:8080/?a", "http://h/?a"])
    }

    @Test func allElseIsRefused() {
        var other = Self.form
        other.append("Body", "x")
        #expect(!isGood("RSOYDt4T1cUTdK1PDd93/VVr8B8=", Self.url, other))
        #expect(!isGood("RSOYDt4T1cUTdK1PDd93/VVr8B8=", "http://mycompany.com/myapp.php?foo=1&bar=2"))
        for header in ["", "RSOYDt4T1cUTdK1PDd93/VVr8B", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="] {
            #expect(!isGood(header))
        }
    }
}

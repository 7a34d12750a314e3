import Crypto
import Domain
import Testing

@testable import Integrations

@Suite struct SealingKeyTests {
    @Test func sealsAsNISTSays() throws {
        let vectors = try GCMVector.read("gcmEncryptExtIV256.rsp")
        #expect(vectors.count == 375)
        for vector in vectors {
            let key = try #require(SealingKey(bytes: vector.key))
            let plaintext = try #require(vector.plaintext)
            let nonce = try AES.GCM.Nonce(data: vector.nonce)
            let sealed = try key.seal(plaintext, nonce: nonce, authenticating: vector.data)
            #expect(sealed == SealingKey.Sealed(nonce: vector.nonce, ciphertext: vector.ciphertext))
        }
    }

    @Test func opensAndRefusesAsNISTSays() throws {
        let vectors = try GCMVector.read("gcmDecrypt256.rsp")
        #expect(vectors.count == 375)
        #expect(vectors.count { $0.plaintext == nil } == 191)
        for vector in vectors {
            let key = try #require(SealingKey(bytes: vector.key))
            let sealed = SealingKey.Sealed(nonce: vector.nonce, ciphertext: vector.ciphertext)
            if let plaintext = vector.plaintext {
                #expect(try key.open(sealed, authenticating: vector.data) == plaintext)
            } else {
                #expect(throws: HubError.cannotOpenSecret) { try key.open(sealed, authenticating: vector.data) }
            }
        }
    }

    @Test func everyBitCounts() throws {
        let key = SealingKey.make()
        let data = Array("place".utf8)
        let sealed = try key.seal(Array("secret".utf8), authenticating: data)
        for bit in 0..<(sealed.ciphertext.count * 8) {
            var altered = sealed.ciphertext
            altered[bit / 8] ^= 1 << (bit % 8)
            let other = SealingKey.Sealed(nonce: sealed.nonce, ciphertext: altered)
            #expect(throws: HubError.cannotOpenSecret) { try key.open(other, authenticating: data) }
        }
        for bit in 0..<(sealed.nonce.count * 8) {
            var altered = sealed.nonce
            altered[bit / 8] ^= 1 << (bit % 8)
            let other = SealingKey.Sealed(nonce: altered, ciphertext: sealed.ciphertext)
            #expect(throws: HubError.cannotOpenSecret) { try key.open(other, authenticating: data) }
        }
        #expect(throws: HubError.cannotOpenSecret) { try key.open(sealed, authenticating: data + [0]) }
    }

    @Test func shortTagsAndNoncesAreRefused() throws {
        let key = SealingKey.make()
        let sealed = try key.seal([], authenticating: [])
        for count in 0..<SealedSecret.tagBytes {
            let short = SealingKey.Sealed(nonce: sealed.nonce, ciphertext: Array(sealed.ciphertext.prefix(count)))
            #expect(throws: HubError.cannotOpenSecret) { try key.open(short, authenticating: []) }
        }
        for count in [0, 11, 13] {
            let nonce = [UInt8](repeating: 0, count: count)
            let other = SealingKey.Sealed(nonce: nonce, ciphertext: sealed.ciphertext)
            #expect(throws: HubError.cannotOpenSecret) { try key.open(other, authenticating: []) }
        }
        #expect(SealingKey(bytes: [UInt8](repeating: 1, count: 31)) == nil)
    }

    @Test func neverPrintsItself() {
        var dumped = ""
        dump(SealingKey.make(), to: &dumped)
        #expect(dumped == "- <key>\n")
    }
}

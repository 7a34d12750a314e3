extension MediaType {
    /// Finds the type by the first bytes of a file; nil for binary files of no known type and for all text.
    ///
    /// Follows WHATWG "MIME Sniffing" §6 where it has a signature, and checks more than it does where a signature is
    /// short. 64 bytes decide everything but the kind of a zip, of a WebM and of an MP3.
    package init?(sniffing bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
            self = .gif
        } else if bytes.starts(with: "RIFF".utf8), bytes.has("WEBP", at: 8) {
            self = .webp
        } else if bytes.starts(with: "RIFF".utf8), bytes.has("WAVE", at: 8) {
            self = .wav
        } else if bytes.starts(with: "%PDF-".utf8) {
            self = .pdf
        } else if bytes.has("ftyp", at: 4), let type = Self.isoMedia(bytes) {
            self = type
        } else if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]), let type = Self.webm(bytes) {
            self = type
        } else if bytes.starts(with: "OggS".utf8), Self.isOggAudio(bytes) {
            self = .ogg
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]), let type = ZipPeek(bytes).type {
            self = type
        } else if MP3Frame.isStart(of: bytes) {
            self = .mp3
        } else {
            return nil
        }
    }

    /// ISO 14496-12 §4.3: the box `ftyp` names a major brand, a version and compatible brands.
    private static func isoMedia(_ bytes: [UInt8]) -> MediaType? {
        guard bytes.count >= 12 else { return nil }
        let size = bytes.bigEndian32(at: 0)
        guard (16...512).contains(size), size % 4 == 0 else { return nil }
        let major = bytes.text(at: 8, count: 4)
        switch major {
        case "M4A ", "M4B ": return .m4a
        case "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp71", "avc1",
            "M4V ", "M4VH", "M4VP", "MSNV", "dash", "f4v ", "NDSC", "NDSH", "XAVC":
            return .mp4
        // 3GPP TS 26.244 §5.4: basic profiles of the releases.
        case "3gp4", "3gp5", "3gp6", "3gp7", "3gp8", "3gp9": return .mobileVideo
        default: return nil
        }
    }

    /// The EBML header (RFC 8794 §11.2) names its DocType; the tracks after it name their codecs.
    private static func webm(_ bytes: [UInt8]) -> MediaType? {
        let header = Array(bytes.prefix(64))
        guard let docType = header.firstRange(of: [0x42, 0x82])?.upperBound, docType < header.count,
            header.has("webm", at: docType + 1)
        else { return nil }
        let hasVideo = bytes.firstRange(of: Array("V_".utf8)) != nil
        let hasAudio = ["A_OPUS", "A_VORBIS"].contains { bytes.firstRange(of: Array($0.utf8)) != nil }
        return hasAudio && !hasVideo ? .audioWebm : .webm
    }

    /// RFC 3533 §6: after the page header of 27 bytes and its segments the first packet names the codec.
    private static func isOggAudio(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 28 else { return false }
        let packet = 27 + Int(bytes[26])
        return bytes.has("OpusHead", at: packet) || bytes.has("\u{1}vorbis", at: packet)
            || bytes.has("Speex   ", at: packet)
    }
}

extension [UInt8] {
    func has(_ text: StaticString, at offset: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset >= 0, offset + length <= count else { return false }
        return self[offset..<offset + length].elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: length))
    }

    func text(at offset: Int, count: Int) -> String {
        guard offset + count <= self.count else { return "" }
        return String(decoding: self[offset..<offset + count], as: UTF8.self)
    }

    func bigEndian16(at offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }

    func bigEndian32(at offset: Int) -> Int { bigEndian16(at: offset) << 16 | bigEndian16(at: offset + 2) }

    func littleEndian16(at offset: Int) -> Int { Int(self[offset]) | Int(self[offset + 1]) << 8 }

    func littleEndian32(at offset: Int) -> Int { littleEndian16(at: offset) | littleEndian16(at: offset + 2) << 16 }

    /// Where `pattern` stands first; the pattern is short and not empty.
    func firstRange(of pattern: [UInt8], from start: Int = 0) -> Range<Int>? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        var index = start
        while index <= count - pattern.count, let hit = self[index...(count - pattern.count)].firstIndex(of: first) {
            if self[hit..<hit + pattern.count].elementsEqual(pattern) { return hit..<hit + pattern.count }
            index = hit + 1
        }
        return nil
    }
}

/// The kinds of files that are taken; what a file is, is found in its bytes.
package enum MediaType: String, Sendable, CaseIterable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"
    case pdf = "application/pdf"
    case mp4 = "video/mp4"
    case mobileVideo = "video/3gpp"
    case webm = "video/webm"
    case audioWebm = "audio/webm"
    case ogg = "audio/ogg"
    case mp3 = "audio/mpeg"
    case wav = "audio/wav"
    case m4a = "audio/mp4"
    case zip = "application/zip"
    case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    case text = "text/plain"

    /// What a browser shows in place and cannot run: raster images, audio, video. All else is a download.
    package var isShownInline: Bool {
        switch self {
        case .png, .jpeg, .gif, .webp, .mp4, .mobileVideo, .webm, .audioWebm, .ogg, .mp3, .wav, .m4a: true
        case .pdf, .zip, .docx, .xlsx, .pptx, .text: false
        }
    }

    /// The endings of names that promise no more than this type is; the first is the usual one.
    package var endings: [String] {
        switch self {
        case .png: ["png"]
        case .jpeg: ["jpg", "jpeg", "jfif"]
        case .gif: ["gif"]
        case .webp: ["webp"]
        case .pdf: ["pdf"]
        case .mp4: ["mp4", "m4v"]
        case .mobileVideo: ["3gp", "3gpp"]
        case .webm, .audioWebm: ["webm"]
        case .ogg: ["ogg", "oga", "opus"]
        case .mp3: ["mp3"]
        case .wav: ["wav"]
        case .m4a: ["m4a"]
        case .zip: ["zip"]
        case .docx: ["docx"]
        case .xlsx: ["xlsx"]
        case .pptx: ["pptx"]
        case .text: ["txt", "csv", "tsv", "log", "md", "json"]
        }
    }

    /// The value of `Content-Type`.
    package var contentType: String {
        self == .text ? "text/plain; charset=utf-8" : rawValue
    }
}

/// A file is of no kind that is taken.
package struct UnsupportedMedia: Error, Sendable, Equatable {
    /// Says what is taken.
    package let message: String

    static let unknown = UnsupportedMedia(
        message: "Files of this kind are not taken. Taken are png, jpeg, gif and webp images, pdf, mp4, 3gp and webm "
            + "video, ogg, mp3, m4a and wav audio, zip, docx, xlsx, pptx, and plain text in UTF-8."
    )
    static let markup = UnsupportedMedia(message: "Text with markup or a script in it is not taken: send it as a zip.")
    static let program = UnsupportedMedia(message: "Programs are not taken, nor are archives that are programs.")
}

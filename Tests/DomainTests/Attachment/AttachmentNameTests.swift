import Domain
import Testing

@Suite struct AttachmentNameTests {
    @Test(arguments: [
        ("photo.png", MediaType.png, "photo.png"),
        ("صورة من المتجر.PNG", .png, "صورة من المتجر.PNG"),
        ("../../etc/passwd", .text, "passwd.txt"),
        ("C:\\Users\\sara\\فاتورة.pdf", .pdf, "فاتورة.pdf"),
        ("invoice.exe", .text, "invoice.exe.txt"),
        ("page.html", .text, "page.html.txt"),
        ("photo.png", .jpeg, "photo.png.jpg"),
        ("", .gif, "file.gif"),
        ("...", .gif, "file.gif"),
        (".htaccess", .text, "htaccess.txt"),
        ("a/", .zip, "a.zip"),
        ("a\u{0}b\r\nSet-Cookie: x.pdf", .pdf, "abSet-Cookie_ x.pdf"),
        ("cod\u{202E}fdp.exe", .pdf, "codfdp.exe.pdf"),
        ("a<b>\"c|d?e*.zip", .zip, "a_b__c_d_e_.zip"),
        ("report. ", .docx, "report.docx"),
        ("report .docx", .docx, "report.docx"),
        ("v1.2 final", .text, "v1.2 final.txt"),
        ("data.csv", .text, "data.csv"),
        ("100%.txt", .text, "100_.txt"),
        ("\u{FEFF}\u{2066}x\u{2069}.wav", .wav, "x.wav"),
    ])
    func nameIsHarmlessAndFitsItsType(name: String, type: MediaType, expected: String) {
        #expect(AttachmentName.sanitised(name, for: type) == expected)
    }

    @Test func longNameIsCutAndKeepsItsEnding() {
        let latin = AttachmentName.sanitised(String(repeating: "a", count: 5000) + ".pdf", for: .pdf)
        #expect(latin == String(repeating: "a", count: 100) + ".pdf")
        let arabic = AttachmentName.sanitised(String(repeating: "ع", count: 5000) + ".pdf", for: .pdf)
        #expect(arabic == String(repeating: "ع", count: 90) + ".pdf")
    }

    @Test func sanitisingTwiceChangesNothing() {
        for name in ["a.b.c", "x\u{200F}y.png", "  .. a .png .. ", "نص.txt.exe", String(repeating: "é.", count: 300)] {
            for type in MediaType.allCases {
                let once = AttachmentName.sanitised(name, for: type)
                #expect(AttachmentName.sanitised(once, for: type) == once)
            }
        }
    }
}

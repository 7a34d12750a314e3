import Domain
import Testing

@Suite struct SecretPlaceTests {
    @Test func givesEveryPartItsLength() {
        let place = SecretPlace(table: "codes", record: "c|1", field: "رمز")
        #expect(String(decoding: place.associatedData, as: UTF8.self) == "v1|5:codes|3:c|1|6:رمز")
    }

    @Test func noPartCanPretendToBeTwo() {
        let texts = ["", "a", "|", "a|1:b", "1:a", "|1:a", "0:", "a|", "2:|a"]
        var seen: Set<[UInt8]> = []
        for table in texts {
            for record in texts {
                for field in texts {
                    let place = SecretPlace(table: table, record: record, field: field)
                    #expect(seen.insert(place.associatedData).inserted, "\(place)")
                }
            }
        }
    }
}

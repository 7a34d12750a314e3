package enum ContactIDKind: IDKind { package static let letter = UInt8(ascii: "n") }
package enum ContactNoteIDKind: IDKind { package static let letter = UInt8(ascii: "o") }
package enum ContactMergeIDKind: IDKind { package static let letter = UInt8(ascii: "m") }
package enum LeadIDKind: IDKind { package static let letter = UInt8(ascii: "l") }
package enum DealIDKind: IDKind { package static let letter = UInt8(ascii: "d") }
package enum DealMoveIDKind: IDKind { package static let letter = UInt8(ascii: "h") }
package enum PipelineIDKind: IDKind { package static let letter = UInt8(ascii: "i") }
package enum StageIDKind: IDKind { package static let letter = UInt8(ascii: "g") }

package typealias ContactID = ID<ContactIDKind>
package typealias ContactNoteID = ID<ContactNoteIDKind>
package typealias ContactMergeID = ID<ContactMergeIDKind>
package typealias LeadID = ID<LeadIDKind>
package typealias DealID = ID<DealIDKind>
package typealias DealMoveID = ID<DealMoveIDKind>
package typealias PipelineID = ID<PipelineIDKind>
package typealias StageID = ID<StageIDKind>

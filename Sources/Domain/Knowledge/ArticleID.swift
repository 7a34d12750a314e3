/// Small letters are all taken.
package enum ArticleIDKind: IDKind { package static let letter = UInt8(ascii: "K") }

package typealias ArticleID = ID<ArticleIDKind>

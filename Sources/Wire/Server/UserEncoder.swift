package import Domain

/// Writes a member of staff as they see themselves.
package enum UserEncoder {
    package static func write(_ user: User, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.id(user.id)
        writer.key("name")
        writer.string(user.name)
        writer.key("email")
        writer.string(user.email)
        writer.key("role")
        writer.string(user.role.rawValue)
        writer.endObject()
    }
}

extension UserEncoder {
    /// Writes a member of staff as colleagues see them.
    package static func writeColleague(_ user: User, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.id(user.id)
        writer.key("name")
        writer.string(user.name)
        writer.key("role")
        writer.string(user.role.rawValue)
        writer.endObject()
    }
}

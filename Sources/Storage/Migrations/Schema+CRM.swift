import Domain

extension Schema {
    /// Contacts and what the shop sells them.
    static let crm = Migration("crm") { dialect in
        contacts(dialect) + leads(dialect) + pipelines(dialect) + deals(dialect)
    }

    private static func contacts(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE crm_contacts (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                name \(dialect.key) NOT NULL,
                language TEXT,
                company TEXT,
                notes TEXT,
                labels TEXT NOT NULL,
                owner_id \(dialect.key),
                fields TEXT NOT NULL,
                merged_into \(dialect.key) REFERENCES crm_contacts (id),
                erased_ms BIGINT,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX crm_contacts_created ON crm_contacts (created_ms, id)",
            "CREATE INDEX crm_contacts_changed ON crm_contacts (changed_ms, id)",
            "CREATE INDEX crm_contacts_name ON crm_contacts (name, id)",
            "CREATE INDEX crm_contacts_owner ON crm_contacts (owner_id, created_ms, id)",
            "CREATE INDEX crm_contacts_merged ON crm_contacts (merged_into) WHERE merged_into IS NOT NULL",
            // An identity is taken by who inserts it first.
            """
            CREATE TABLE crm_identities (
                kind \(dialect.key) NOT NULL,
                value \(dialect.key) NOT NULL,
                contact_id \(dialect.key) NOT NULL REFERENCES crm_contacts (id),
                PRIMARY KEY (kind, value)
            )
            """,
            "CREATE INDEX crm_identities_contact ON crm_identities (contact_id, kind)",
            // The labels of crm_contacts, to find contacts by.
            """
            CREATE TABLE crm_contact_labels (
                contact_id \(dialect.key) NOT NULL REFERENCES crm_contacts (id),
                label \(dialect.key) NOT NULL,
                PRIMARY KEY (contact_id, label)
            )
            """,
            "CREATE INDEX crm_contact_labels_label ON crm_contact_labels (label, contact_id)",
            """
            CREATE TABLE crm_notes (
                id \(dialect.key) PRIMARY KEY,
                contact_id \(dialect.key) NOT NULL REFERENCES crm_contacts (id),
                created_ms BIGINT NOT NULL,
                author_name TEXT NOT NULL,
                text TEXT NOT NULL
            )
            """,
            "CREATE INDEX crm_notes_contact ON crm_notes (contact_id, created_ms, id)",
            """
            CREATE TABLE crm_merges (
                id \(dialect.key) PRIMARY KEY,
                into_id \(dialect.key) NOT NULL REFERENCES crm_contacts (id),
                from_id \(dialect.key) NOT NULL REFERENCES crm_contacts (id),
                by_name TEXT NOT NULL,
                at_ms BIGINT NOT NULL,
                moved TEXT NOT NULL,
                undone_ms BIGINT
            )
            """,
            "CREATE UNIQUE INDEX crm_merges_from ON crm_merges (from_id) WHERE undone_ms IS NULL",
            "CREATE INDEX crm_merges_into ON crm_merges (into_id)",
        ] + dialect.trigramIndex(on: "crm_contacts", column: "search")
    }

    private static func leads(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE crm_leads (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                contact_id \(dialect.key) REFERENCES crm_contacts (id),
                name TEXT,
                phone TEXT,
                email TEXT,
                source \(dialect.key) NOT NULL,
                state \(dialect.key) NOT NULL,
                owner_id \(dialect.key),
                notes TEXT,
                value BIGINT,
                currency \(dialect.key) NOT NULL,
                deal_id \(dialect.key),
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX crm_leads_created ON crm_leads (created_ms, id)",
            "CREATE INDEX crm_leads_changed ON crm_leads (changed_ms, id)",
            "CREATE INDEX crm_leads_contact ON crm_leads (contact_id, created_ms, id)",
            "CREATE INDEX crm_leads_owner ON crm_leads (owner_id, created_ms, id)",
            "CREATE INDEX crm_leads_state ON crm_leads (state, created_ms, id)",
        ] + dialect.trigramIndex(on: "crm_leads", column: "search")
    }

    /// With the pipeline that a new shop begins with.
    private static func pipelines(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE crm_pipelines (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                name_ar TEXT NOT NULL,
                name_en TEXT,
                archived SMALLINT NOT NULL,
                stages TEXT NOT NULL
            )
            """,
            "CREATE INDEX crm_pipelines_created ON crm_pipelines (created_ms, id)",
            """
            INSERT INTO crm_pipelines (id, created_ms, changed_ms, version, name_ar, name_en, archived, stages)
            VALUES ('i_00000000000000000000000001', \(dialect.now), \(dialect.now), 1, 'المبيعات', 'Sales', 0, '[
                {"id": "g_00000000000000000000000001", "name_ar": "جديدة", "name_en": "New"},
                {"id": "g_00000000000000000000000002", "name_ar": "قيد التواصل", "name_en": "In contact"},
                {"id": "g_00000000000000000000000003", "name_ar": "عرض سعر", "name_en": "Offer"},
                {"id": "g_00000000000000000000000004", "name_ar": "تفاوض", "name_en": "Negotiation"}
            ]')
            """,
        ]
    }

    private static func deals(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE crm_deals (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                title \(dialect.key) NOT NULL,
                contact_id \(dialect.key) NOT NULL REFERENCES crm_contacts (id),
                pipeline_id \(dialect.key) NOT NULL REFERENCES crm_pipelines (id),
                stage_id \(dialect.key) NOT NULL,
                amount BIGINT NOT NULL,
                currency \(dialect.key) NOT NULL,
                close_ms BIGINT,
                owner_id \(dialect.key),
                state \(dialect.key) NOT NULL,
                lost_reason TEXT,
                lead_id \(dialect.key) REFERENCES crm_leads (id),
                closed_ms BIGINT,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX crm_deals_created ON crm_deals (created_ms, id)",
            "CREATE INDEX crm_deals_changed ON crm_deals (changed_ms, id)",
            "CREATE INDEX crm_deals_amount ON crm_deals (amount, id)",
            "CREATE INDEX crm_deals_title ON crm_deals (title, id)",
            "CREATE INDEX crm_deals_contact ON crm_deals (contact_id, created_ms, id)",
            "CREATE INDEX crm_deals_owner ON crm_deals (owner_id, created_ms, id)",
            "CREATE INDEX crm_deals_stage ON crm_deals (pipeline_id, stage_id, state)",
            """
            CREATE TABLE crm_deal_moves (
                id \(dialect.key) PRIMARY KEY,
                deal_id \(dialect.key) NOT NULL REFERENCES crm_deals (id),
                at_ms BIGINT NOT NULL,
                by_name TEXT NOT NULL,
                from_stage \(dialect.key),
                from_state \(dialect.key),
                to_stage \(dialect.key) NOT NULL,
                to_state \(dialect.key) NOT NULL
            )
            """,
            "CREATE INDEX crm_deal_moves_deal ON crm_deal_moves (deal_id, at_ms, id)",
        ] + dialect.trigramIndex(on: "crm_deals", column: "search")
    }
}

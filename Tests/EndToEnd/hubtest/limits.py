"""Settings that tests change, by the names of docs/operations.md."""

# A suite is many people at one address: limits per address and person are those of a large office behind one
# router. Tests of the limits themselves start a hub with `limits=DEFAULTS`.
BUSY_OFFICE = {}

DEFAULTS = {}

# Access tokens that end while a test watches.
SHORT_TOKENS = {"ACCESS_TOKEN_SECONDS": "2"}

# Who leaves is gone after a moment.
SHORT_GRACE = {"PRESENCE_GRACE_MS": "1500"}

# Who says nothing is let go after a moment.
SHORT_AUTH = {"AUTH_TIMEOUT_MS": "1000"}

"""Settings that tests change, by the names of docs/operations.md."""

# A suite is many people at one address: limits per address and person are those of a large office behind one
# router. Tests of the limits themselves start a hub with `limits=DEFAULTS`.
BUSY_OFFICE = {
    "HUB_MAX_CONNECTIONS_PER_ADDRESS": "100000",
    "HUB_ADDRESS_OPERATIONS_PER_S": "100000",
    "HUB_ADDRESS_OPERATION_BURST": "100000",
    "HUB_NEW_VISITORS_PER_MIN": "100000",
    "HUB_NEW_VISITOR_BURST": "100000",
    "HUB_LOGINS_PER_MIN": "10000",
    "HUB_LOGIN_BURST": "1000",
    "HUB_ADDRESS_LOGINS_PER_MIN": "10000",
    "HUB_ADDRESS_LOGIN_BURST": "1000",
    "HUB_OPERATIONS_PER_S": "10000",
    "HUB_OPERATION_BURST": "10000",
    "HUB_WRITES_PER_S": "10000",
    "HUB_WRITE_BURST": "10000",
}

DEFAULTS = {}

# Access tokens that end while a test watches.
SHORT_TOKENS = {"HUB_ACCESS_TOKEN_S": "6"}

# Who leaves is gone after a moment.
SHORT_GRACE = {"HUB_PRESENCE_GRACE_MS": "5000"}

# Who says nothing is let go after a moment.
SHORT_AUTH = {"HUB_AUTH_TIMEOUT_MS": "1000"}

# Who takes nothing is let go after a moment.
IMPATIENT = {"HUB_LAG_MS": "500", "HUB_STALL_MS": "2000"}

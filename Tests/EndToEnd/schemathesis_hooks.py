"""What schemathesis is told about the API beyond its description (https://schemathesis.readthedocs.io/, "Hooks")."""
import schemathesis

# What some routes refuse for reasons that no schema can say: a room that contradicts itself, a file whose bytes are
# of no type that is taken, and an upload in which there are no codes or
# contacts, and what does not fit the type of a setting.
PARTICULAR = {
    ("createRoom", 400), ("uploadFile", 415), ("importCodes", 400), ("importCodes", 422), ("importContacts", 400),
    ("importContacts", 422), ("changeSetting", 422),
}

# A member that fits its schema may still contradict another one or what is stored, or mean nothing. The rules of the
# last list have codes that schemas use too.
BEYOND_SCHEMAS = {"conflict", "mismatch"}
OF_A_NAME = "is not known here"
OF_A_VALUE = (
    "must be a phone number with its country", "must be a WhatsApp user id", "must be an e-mail address",
    "must be the id of a visitor", "must be a customer id of Zid", "names a label twice", "names a stage twice",
    "a lead needs a contact or a name", "say why the deal was lost", "give value or delta",
)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Valid data may still be refused, where the reason is one that no schema can say."""
    kind = type(failure).__name__
    if kind not in ("RejectedPositiveData", "AcceptedNegativeData"):
        return True
    if response.status_code == 412:
        return not any(name.lower() == "if-match" for name in case.headers)
    if kind == "AcceptedNegativeData":
        return True
    if (case.operation.definition.raw.get("operationId"), response.status_code) in PARTICULAR:
        return False
    if response.status_code == 422:
        problem = response.json()
        # Its keys are invented, so one may come again with another request.
        if problem["code"] == "idempotency_key_reused":
            return False
        return not all(is_beyond_schemas(error) for error in problem.get("errors", [])) or not problem.get("errors")
    return True


def is_beyond_schemas(error):
    # What is `unknown` is a member that no schema names, or one that refers to nothing.
    return (error["code"] in BEYOND_SCHEMAS
            or error["code"] == "unknown" and not error["detail"].startswith(OF_A_NAME)
            or error["detail"].startswith(OF_A_VALUE))

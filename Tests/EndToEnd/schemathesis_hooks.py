"""What schemathesis is told about the API beyond its description (https://schemathesis.readthedocs.io/, "Hooks")."""
import json
import os
import zlib

import schemathesis

# Ids of what there is, by the names of parameters.
KNOWN = json.loads(os.environ.get("HUB_KNOWN_IDS", "{}"))
# What some routes refuse for reasons that no schema can say: a room that contradicts itself, a file whose bytes are
# of no type that is taken, an upload in which there are no codes or contacts, what does not fit the type of a
# setting, a reply without text or with a variable that is none, hours that are no week, a message whose body is not
# that of its kind, days that are none or too far apart, a conversation to try that does not end with the customer, and
# values that do not fit the fields of a service.
PARTICULAR = {
    ("createRoom", 400), ("uploadFile", 415), ("importCodes", 400), ("importCodes", 422), ("importContacts", 400),
    ("importContacts", 422), ("changeSetting", 422), ("createCannedReply", 422), ("changeCannedReply", 422),
    ("createTeam", 422), ("changeTeam", 422), ("sendMessage", 400), ("getModelUsage", 422), ("testAssistant", 422),
    ("putIntegration", 422), ("testIntegration", 422), ("testIntegrationByOldAddress", 422),
}

# What is put off, for Meta to deliver again, when the run itself has turned WhatsApp off or taken its secret away.
PUT_OFF = ("deliverWhatsAppWebhook", 503)

# A member that fits its schema may still contradict another one or what is stored, or mean nothing.
BEYOND_SCHEMAS = {"conflict", "mismatch"}


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Valid data may still be refused, where the reason is one that no schema can say."""
    kind = type(failure).__name__
    answered = (case.operation.definition.raw.get("operationId"), response.status_code)
    if kind == "ServerError":
        return answered != PUT_OFF
    if kind not in ("RejectedPositiveData", "AcceptedNegativeData"):
        return True
    if response.status_code == 412:
        return not any(name.lower() == "if-match" for name in case.headers)
    if kind == "AcceptedNegativeData":
        # What is too large was not read, and so not accepted either.
        return response.status_code != 413
    if answered in PARTICULAR:
        return False
    if response.status_code == 422:
        problem = response.json()
        # Its keys are invented, so one may come again with another request.
        if problem["code"] == "idempotency_key_reused":
            return False
        codes = {error["code"] for error in problem.get("errors", [])}
        return not codes or not codes <= BEYOND_SCHEMAS
    return True


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Most requests are about something that is there; what removes it shall find it only at times."""
    if not path_parameters:
        return path_parameters
    chance = 2 if context.operation.method.upper() == "DELETE" else 8
    return {
        name: KNOWN[name] if name in KNOWN and zlib.crc32(str(value).encode()) % chance else value
        for name, value in path_parameters.items()
    }

"""The hub's own description of its REST facade as a judge of what it answers."""
import re

import jsonschema_rs
import requests


class RestContract:
    """Operations by method and path; validators are made when they are first needed."""

    def __init__(self, document):
        self.components = document["components"]
        self.operations = [
            (method.upper(), re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path))), operation["responses"])
            # A path without parameters goes before one that would take its last part for one.
            for path, methods in sorted(document["paths"].items(), key=lambda item: item[0].count("{"))
            for method, operation in methods.items() if "responses" in operation
        ]
        self.validators = {}

    def check(self, answer):
        """Fails when an answer is not what its operation describes; what is no operation is let pass."""
        request = answer.request
        path = request.path_url.partition("?")[0]
        responses = next(
            (responses for method, pattern, responses in self.operations
             if method == request.method and pattern.fullmatch(path)), None)
        if responses is None:
            return
        described = responses.get(str(answer.status_code))
        assert described, f"{request.method} {path} answers {answer.status_code}, which is not described: {answer.text}"
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        content = self._follow(described).get("content", {}).get(kind)
        if content is None or "schema" not in content:
            return
        validator = self._validator(content["schema"])
        value = answer.json()
        if not validator.is_valid(value):
            reasons = "; ".join(f"{list(error.instance_path)}: {error.message}" for error in validator.iter_errors(value))
            raise AssertionError(f"{request.method} {path} does not answer as described: {reasons}")

    def _follow(self, node):
        while "$ref" in node:
            node = self.components["responses"][node["$ref"].rpartition("/")[2]]
        return node

    def _validator(self, schema):
        key = id(schema)
        if key not in self.validators:
            self.validators[key] = jsonschema_rs.Draft202012Validator(
                {"components": self.components, "allOf": [schema]})
        return self.validators[key]


# Every hub of a run is the same program, so the first one that is asked speaks for all.
_KNOWN = []


def rest_contract(url, verify=True):
    if not _KNOWN:
        answer = requests.get(f"{url}/api/v1/openapi.json", timeout=30, verify=verify)
        answer.raise_for_status()
        _KNOWN.append(RestContract(answer.json()))
    return _KNOWN[0]

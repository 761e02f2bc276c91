"""What the Reconciliation Service API 0.2 demands of answers, restated as JSON Schemas of our own."""

TEXT = {"type": "string", "minLength": 1}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
TYPES = {"type": "array", "items": {**NAMED, "additionalProperties": False}}
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
PART = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {"service_url": {"pattern": "^https?://[^/]+(/.*[^/])?$"}, "service_path": {"pattern": "^/"}},
}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": TEXT,
        "schemaSpace": TEXT,
        "documentation": TEXT,
        "serviceVersion": TEXT,
        "view": {"type": "object", "required": ["url"], "properties": {"url": TEMPLATE}},
        "defaultTypes": {**TYPES, "uniqueItems": True},
        "suggest": {"type": "object", "properties": dict.fromkeys(("entity", "type", "property"), PART)},
        "preview": {
            "type": "object",
            "required": ["url", "width", "height"],
            "properties": {"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}},
        },
        "extend": {
            "type": "object",
            "properties": {"propose_properties": PART, "property_settings": {"type": "array"}},
        },
    },
}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score"],
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "description": {"type": "string"},
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "type": TYPES,
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": TEXT, "value": {"oneOf": [{"type": "boolean"}, {"type": "number"}]}},
            },
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["result"],
    "properties": {"result": {"type": "array", "items": CANDIDATE}},
}
BATCH = {"type": "object", "additionalProperties": RESULT}
SUGGESTIONS = {
    "type": "object",
    "required": ["result"],
    "properties": {"result": {"type": "array", "items": {**NAMED, "properties": {"notable": TYPES}}}},
}
PROPOSAL = {
    "type": "object",
    "required": ["properties"],
    "properties": {
        "properties": {"type": "array", "items": NAMED},
        "type": {"type": "string"},
        "limit": {"type": "number"},
    },
}
VALUE = {
    "oneOf": [
        {**NAMED, "additionalProperties": False},
        {"type": "object", "required": ["str"], "properties": {"str": TEXT}, "additionalProperties": False},
    ]
}
EXTENSION = {
    "type": "object",
    "required": ["rows", "meta"],
    "properties": {
        "meta": {"type": "array", "items": {**NAMED, "properties": {"type": NAMED}}},
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": VALUE}},
        },
    },
}

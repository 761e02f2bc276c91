"""Framed JSON-LD as programs of others give it, to compare ours with."""


def lower_tags(value):
    """Return JSON with Chinese language tags in lower case, as JSON-LD processors write them."""
    if isinstance(value, dict):
        return {key.lower() if key.startswith("zh-") else key: lower_tags(each) for key, each in value.items()}
    return [lower_tags(each) for each in value] if isinstance(value, list) else value

"""The JSON that Elasticsearch takes and gives, as type aliases."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Body: TypeAlias = dict[str, Any]
"""The body of a request."""

Clause: TypeAlias = dict[str, Any]
"""A clause of a query."""

Response: TypeAlias = Mapping[str, Any]
"""The body of a response, or a part of it."""

Source: TypeAlias = Mapping[str, Any]
"""A document, as it was indexed."""

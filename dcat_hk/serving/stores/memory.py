"""
Published folder -> a store in memory, and the answers to queries on it.

In: an output folder and the text of a query. Out: a `QueryResult`. It is for programs that ask many questions of one
catalogue; a query that takes long is not stopped. Updates and federated queries are refused.
"""

from __future__ import annotations

from pathlib import Path

from ...core.caching import NO_CACHE
from ...core.errors import NotReadable, StoreError, UsageError
from ...core.wording.refusals import EnglishReason
from ..queries import check_query_form, has_dataset_clause
from ..queries.language_tags import run_query
from .answers import QueryResult, convert_results
from .client import one_line
from .querying import open_published, shorten_message


class MemoryStore:
    """A store with the statements of a published folder, as they were when it was opened."""

    def __init__(self, folder: Path) -> None:
        """
        Load the statements.

        Args:
            folder: An output folder.

        Raises:
            NotReadable: There is no published catalogue in the folder, or a broken one.
        """
        path = folder / "catalogue.nq"
        if not path.is_file():
            raise NotReadable.of("catalogue.none", str(folder))
        self._store = open_published(path, NO_CACHE)

    def query(self, text: str) -> QueryResult:
        """
        Return the answer to a query. The default graph is the union of all graphs.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE.

        Raises:
            UsageError: The text is not a valid, read-only query.

            StoreError: The query failed.
        """
        check_query_form(text)
        try:
            union = not has_dataset_clause(text)
            return convert_results(run_query(self._store, text, use_default_graph_as_union=union))
        except SyntaxError as error:
            reason = EnglishReason(shorten_message(one_line(str(error))))
            raise UsageError.of("queries.invalid", reason=reason) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError.of("stores.query-failed", reason=EnglishReason(one_line(str(error)))) from error

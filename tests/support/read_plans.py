"""Files of a folder, read as a build reads them."""

from dcat_hk.build.publish import no_progress
from dcat_hk.build.read import Reader, read_files
from dcat_hk.reading.documents import find_inputs


def read_texts(folder, **texts):
    """Write texts into a folder, by name without ending, and return the result of reading each, by name."""
    plans, spool = folder / "plans", folder / "spool"
    plans.mkdir()
    spool.mkdir()
    for name, text in texts.items():
        (plans / f"{name}.txt").write_text(text, encoding="utf-8")
    results = read_files(find_inputs([plans]), spool, Reader(), 1, no_progress)
    return {result.outcome.name.removesuffix(".txt"): result for result in results}

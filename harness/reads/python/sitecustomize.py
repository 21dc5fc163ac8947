"""Python imports this at its start because it is the first of its name on PYTHONPATH: it starts the tracking of reads.

Every Python that the plugin starts meets it, so it has only what Python 2 understands too, and makes way for the
sitecustomize that would have been imported without it.
"""

import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 (Python 2, and a start that stays quick)

if sys.version_info >= (3, 8) and os.environ.get("BACKFIT_READS"):
    try:
        import backfit_reads  # type: ignore[import-not-found]

        backfit_reads.begin(os.environ["BACKFIT_READS"])
    except Exception as error:  # noqa: BLE001 (whatever it is, it must not be the plugin's)
        with open(os.environ["BACKFIT_READS"], "a") as file:  # noqa: PTH123
            file.write(
                '{"note": "reads are not tracked in Python ' + sys.version[:6] + ": " + type(error).__name__ + '"}\n'
            )

sys.path[:] = [each for each in sys.path if os.path.abspath(each or os.curdir) != _here]  # noqa: PTH100
_ours = sys.modules.pop("sitecustomize")
try:
    import sitecustomize  # type: ignore[import-not-found]  # noqa: F401
except ImportError as error:
    if getattr(error, "name", None) != "sitecustomize":
        raise
finally:
    sys.modules.setdefault("sitecustomize", _ours)

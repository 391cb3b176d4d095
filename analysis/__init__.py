"""What an article does: who is in it, who gets to speak, in what tone, in what words.

Articles in, tidy tables out. Importing costs next to nothing: a function's room is loaded when the
function is first used (`__init__.pyi` lists them all).
"""

import difflib
import os

import lazy_loader

__version__ = "0.1.0"

# ONNX Runtime tells its publisher of every use, unless this is set before it is imported; here, so
# that it holds for kernels and whatever else this process starts.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name):
    __tracebackhide__ = True
    if name in __all__:
        from .door import guard

        # In the place of the bare function, which lazy-loader keeps here.
        globals()[name] = guard(_load(name))
        return globals()[name]
    near = difflib.get_close_matches(name, __all__, 1)
    mend = f"Did you mean {near[0]!r}?" if near else "See dir(analysis)."
    raise AttributeError(f"module 'analysis' has no attribute {name!r}. {mend}")

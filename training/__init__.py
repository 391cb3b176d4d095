"""How each model that ships was made."""

import analysis  # noqa: F401 - before ONNX Runtime, which it keeps from telling its publisher

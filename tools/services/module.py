"""The server's helper module: compiled once per content, then kept.

The fetched server lacks its module ``analysis-common``. The Java sources beside this file register
Lucene's own classes under the official names, so index definitions need not know the difference.
"""

import hashlib
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tools.services.archive import VERSION, locked
from tools.services.errors import ServiceError
from tools.services.paths import CACHE, JAVA_SOURCES

NAME = "analysis-common"
JAVA = 17
CLASS = "portal.analysis.AnalysisCommonPlugin"
DESCRIPTOR = f"""\
description=Official analysis names for the test server
name={NAME}
classname={CLASS}
version={VERSION}
elasticsearch.version={VERSION}
java.version={JAVA}
"""
COMPILE_SECONDS = 300


def java_home() -> Path:
    """The development kit on the path; the archive brings none of its own."""
    compiler = shutil.which("javac")
    if compiler is None:
        raise ServiceError("javac is not installed; see: python -m tools.services check")
    return Path(compiler).resolve().parent.parent


def install(home: Path, cache: Path = CACHE) -> None:
    """Put the module into an unpacked server."""
    folder = home / "modules" / NAME
    folder.mkdir()
    shutil.copy(built_jar(home, cache), folder / f"{NAME}.jar")
    (folder / "plugin-descriptor.properties").write_text(DESCRIPTOR)


def built_jar(home: Path, cache: Path = CACHE) -> Path:
    """The module's jar, compiled against the server in ``home`` unless the cache has it."""
    jar = cache / "java" / f"{NAME}-{_fingerprint()}.jar"
    with locked(cache / "java.lock"):
        if not jar.exists():
            _build(home, jar)
    return jar


def _sources() -> list[Path]:
    return sorted(JAVA_SOURCES.rglob("*.java"))


def _fingerprint() -> str:
    digest = hashlib.sha256(DESCRIPTOR.encode())
    for source in _sources():
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def _build(home: Path, jar: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="portal-javac-") as classes:
        _compile(home, Path(classes))
        jar.parent.mkdir(parents=True, exist_ok=True)
        partial = jar.with_suffix(".partial")
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as content:
            for path in sorted(Path(classes).rglob("*.class")):
                content.write(path, path.relative_to(classes))
        partial.rename(jar)


def _compile(home: Path, classes: Path) -> None:
    compiler = str(java_home() / "bin" / "javac")
    options = ["--release", str(JAVA), "-encoding", "UTF-8", "-nowarn", "-cp", f"{home}/lib/*"]
    result = subprocess.run(
        [compiler, *options, "-d", str(classes), *map(str, _sources())],
        capture_output=True,
        text=True,
        timeout=COMPILE_SECONDS,
        check=False,
    )
    if result.returncode != 0:
        raise ServiceError(f"the helper module does not compile:\n{result.stderr}")

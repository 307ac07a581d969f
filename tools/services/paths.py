"""Where downloads, built helpers, running servers and their state are kept."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
"""Downloads and build results; may be deleted at any time."""
STATE = ROOT / "var" / "services"
"""What ``start`` remembers about the servers it left running."""
JAVA_SOURCES = Path(__file__).resolve().parent / "java"

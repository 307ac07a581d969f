"""The national service, which a province's portal leads to and never imitates.

From 1 July 2026 workers under compulsory insurance are registered with their insurance, from
1 January 2027 all others register by themselves (Luật Việc làm 74/2025/QH15, Art. 16-18; NĐ
318/2025/NĐ-CP), on the national job exchange or in VNeID.
"""

from __future__ import annotations

ADDRESS = "https://vieclam.gov.vn"
DOMAIN = "vieclam.gov.vn"

CONTEXT = {"address": ADDRESS, "domain": DOMAIN}

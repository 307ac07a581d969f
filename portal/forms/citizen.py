"""What a citizen number says of its holder: century, sex and year of birth (NĐ 137/2015/NĐ-CP).

Twelve digits: three of the place of birth registration, one of century and sex, two of the year,
six of chance; no check digit. What does not fit is a reason to look again, never an error.
"""

from __future__ import annotations

from typing import Any

from portal.forms.dates import parts

FIRST_CENTURY = 1900
MALE, FEMALE = "male", "female"


def fits(number: Any, sex: Any, birth: Any) -> bool:
    """Whether a number goes with sex and year of birth; an old 9-digit one goes with everything."""
    if not isinstance(number, str) or len(number) != 12 or not number.isdigit():
        return True
    century, code = divmod(int(number[3]), 2)
    born = parts(birth)
    if sex in (MALE, FEMALE) and (sex == MALE) != (code == 0):
        return False
    year = FIRST_CENTURY + 100 * century + int(number[4:6])
    return born is None or born[0] == year

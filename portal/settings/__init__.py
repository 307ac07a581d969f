"""All settings of the portal; what differs between installations comes from the environment.

`env.py` reads the environment and turns a missing or malformed variable into a plain sentence.
"""

from portal.settings.apps import *  # noqa: F403
from portal.settings.base import *  # noqa: F403
from portal.settings.data import *  # noqa: F403
from portal.settings.security import *  # noqa: F403
from portal.settings.site import *  # noqa: F403

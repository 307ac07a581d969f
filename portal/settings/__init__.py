"""All settings of the portal; what differs between installations comes from the environment.

`env.py` reads the environment and turns a missing or malformed variable into a plain sentence.
"""

from portal.settings.apps import *
from portal.settings.base import *
from portal.settings.data import *
from portal.settings.security import *
from portal.settings.site import *

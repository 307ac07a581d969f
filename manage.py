#!/usr/bin/env python3
"""Command line of the portal: `python manage.py help` lists what it can do."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from portal.jobs.management.plain import execute

    execute(sys.argv)

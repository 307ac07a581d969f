"""Seeds the demo province with the same verbs that editors and officers use."""

from portal.demo.seeding.run import seed

__all__ = ["seed"]

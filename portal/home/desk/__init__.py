"""The editors' desk in the back office: offers, what waits, calendar, reports."""

"""Holidays and working days: the calendar that every deadline is counted with."""

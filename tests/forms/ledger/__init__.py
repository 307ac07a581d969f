"""Receipts, and the ledger that proves what arrived."""

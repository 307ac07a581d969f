"""Requests about one's own personal data: the public form and the province's desk for them."""

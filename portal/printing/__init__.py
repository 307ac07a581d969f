"""PDF from templates, QR codes, fonts shipped with the project."""

from portal.printing.render import PrintingError, qr_svg, render_pdf

__all__ = ["PrintingError", "qr_svg", "render_pdf"]

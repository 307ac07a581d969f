"""Size and contrast: one cookie with six possible values, so that pages stay cacheable."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

COOKIE = "hien-thi"
SIZES = ("vua", "lon", "rat-lon")
CONTRASTS = ("thuong", "cao")
YEAR = 365 * 24 * 3600


def display_of(request: HttpRequest) -> tuple[str, str]:
    """(size, contrast) of this reader; anything unknown counts as the default."""
    size, _, contrast = request.COOKIES.get(COOKIE, "").partition(".")
    return (
        size if size in SIZES else SIZES[0],
        contrast if contrast in CONTRASTS else CONTRASTS[0],
    )


@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """`/hien-thi/?co=lon&tuong-phan=cao&ve=/tin-tuc/`: keep the choice and go back."""
    size, contrast = display_of(request)
    size = request.GET.get("co", size)
    contrast = request.GET.get("tuong-phan", contrast)
    back = request.GET.get("ve", "/")
    local = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if local else "/")
    if size in SIZES and contrast in CONTRASTS:
        response.set_cookie(
            COOKIE,
            f"{size}.{contrast}",
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response

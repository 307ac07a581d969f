"""Each public page names one address of its own, whatever filter, port or host it had."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from wagtail.models import Site

from tests.home.trees import Portal


def _canonical(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'<link rel="canonical" href="([^"]*)">', page)


@pytest.mark.parametrize("address", ["/", "/tin-tuc/", "/tin-tuc/?q=a", "/van-ban/"])
def test_a_page_names_its_address_under_the_site(
    portal: Portal, client: Client, address: str
) -> None:
    Site.objects.update(hostname="cong.example.vn", port=443)
    path = address.partition("?")[0]
    assert _canonical(client, address) == [f"https://cong.example.vn{path}"]


def test_further_pages_of_a_list_and_errors_name_none(portal: Portal, client: Client) -> None:
    assert _canonical(client, "/tin-tuc/?trang=2") == []
    assert _canonical(client, "/khong-co/") == []

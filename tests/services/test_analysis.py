"""Every analysis name that the helper module registers does what a full server does."""

from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from tests.services.conftest import Analyze, settings_with

FILTERS: list[tuple[Any, str, list[str]]] = [
    ("asciifolding", "Đường ÂN", ["Duong", "AN"]),
    ({"type": "asciifolding", "preserve_original": True}, "ân", ["an", "ân"]),
    ("lowercase", "ĐƯỜNG Ân", ["đường", "ân"]),
    ({"type": "lowercase", "language": "turkish"}, "I", ["ı"]),
    ({"type": "lowercase", "language": "greek"}, "ΆΣ", ["ασ"]),
    ({"type": "lowercase", "language": "irish"}, "nAthair", ["n-athair"]),
    ("uppercase", "qđ", ["QĐ"]),
    ("decimal_digit", "२०", ["20"]),
    ("reverse", "abc", ["cba"]),
    ({"type": "edge_ngram", "min_gram": 1, "max_gram": 3}, "xuân", ["x", "xu", "xuâ"]),
    (
        {"type": "edge_ngram", "min_gram": 1, "max_gram": 2, "preserve_original": True},
        "xuân",
        ["x", "xu", "xuân"],
    ),
    ({"type": "edge_ngram", "side": "back", "min_gram": 1, "max_gram": 2}, "xuân", ["n", "ân"]),
    ({"type": "ngram", "min_gram": 2, "max_gram": 2}, "hộ", ["hộ"]),
    ("ngram", "an", ["a", "an", "n"]),
    ({"type": "pattern_replace", "pattern": "-", "replacement": "/"}, "a-b-c", ["a/b/c"]),
    ({"type": "pattern_replace", "pattern": "-", "all": False}, "a-b-c", ["ab-c"]),
    ({"type": "pattern_replace", "pattern": "A", "flags": "CASE_INSENSITIVE"}, "aAb", ["b"]),
    ({"type": "pattern_capture", "patterns": ["(\\d+)"]}, "qd12", ["qd12", "12"]),
    (
        {"type": "pattern_capture", "patterns": ["(\\d+)"], "preserve_original": False},
        "qd12",
        ["12"],
    ),
    ({"type": "length", "min": 2, "max": 3}, "a bb cccc", ["bb"]),
    ("truncate", "abcdefghijkl", ["abcdefghij"]),
    ({"type": "truncate", "length": 2}, "abc", ["ab"]),
    ({"type": "limit", "max_token_count": 2}, "a b c", ["a", "b"]),
    ("unique", "a b a", ["a", "b"]),
    ({"type": "unique", "only_on_same_position": True}, "a b a", ["a", "b", "a"]),
    ("keyword_repeat", "a", ["a", "a"]),
    ({"type": "stop", "stopwords": ["và"]}, "cha và mẹ", ["cha", "mẹ"]),
    ({"type": "shingle", "output_unigrams": False}, "hộ nghèo mới", ["hộ nghèo", "nghèo mới"]),
    ({"type": "synonym", "synonyms": ["ubnd, ủy"]}, "ubnd", ["ubnd", "ủy"]),
    ({"type": "synonym", "synonyms": ["a => b"]}, "a c", ["b", "c"]),
    ({"type": "synonym", "expand": False, "synonyms": ["a, b"]}, "b", ["a"]),
    ({"type": "synonym", "lenient": True, "synonyms": ["=> =>", "a => b"]}, "a", ["b"]),
    (
        {"type": "synonym", "format": "wordnet", "synonyms": [
            "s(100000001,1,'abstain',v,1,0).", "s(100000001,2,'refrain',v,1,0)."
        ]},
        "abstain",
        ["abstain", "refrain"],
    ),
    ({"type": "synonym_graph", "synonyms": ["ubnd => ủy ban"]}, "ubnd", ["ủy", "ban"]),
    ("word_delimiter_graph", "12/QĐ-UBND", ["12", "QĐ", "UBND"]),
    (
        {"type": "word_delimiter_graph", "preserve_original": True, "catenate_all": True},
        "12/QĐ",
        ["12/QĐ", "12QĐ", "12", "QĐ"],
    ),
    ({"type": "word_delimiter_graph", "type_table": ["/ => ALPHA"]}, "QĐ/UB", ["QĐ/UB"]),
    ({"type": "word_delimiter_graph", "protected_words": ["a-b"]}, "a-b c-d", ["a-b", "c", "d"]),
]  # fmt: skip

CHAR_FILTERS: list[tuple[Any, str, str]] = [
    ("html_strip", "<b>hộ</b>", "hộ"),
    ({"type": "html_strip", "escaped_tags": ["b"]}, "<i><b>x</b></i>", "<b>x</b>"),
    ({"type": "mapping", "mappings": ["đ => d", "Ð => \\u0110"]}, "đÐ", "dĐ"),
    ({"type": "mapping", "mappings": ["/ => -", "\\u0020 => "]}, "12 / 2026", "12-2026"),
    ({"type": "pattern_replace", "pattern": "(\\d)\\s", "replacement": "$1"}, "1 2 a", "12a"),
]

TOKENIZERS: list[tuple[Any, str, list[str]]] = [
    ("keyword", "Hộ nghèo", ["Hộ nghèo"]),
    ("whitespace", "12/QĐ năm", ["12/QĐ", "năm"]),
    ({"type": "whitespace", "max_token_length": 2}, "abc", ["ab", "c"]),
    ("letter", "qđ12ub", ["qđ", "ub"]),
    ({"type": "pattern", "pattern": "/"}, "12/2026", ["12", "2026"]),
    ({"type": "pattern", "pattern": "'([^']+)'", "group": 1}, "'a' 'b'", ["a", "b"]),
    ("path_hierarchy", "/a/b", ["/a", "/a/b"]),
    ({"type": "path_hierarchy", "delimiter": ".", "skip": 1}, "a.b.c", [".b", ".b.c"]),
    ({"type": "path_hierarchy", "reverse": True}, "a/b", ["a/b", "b"]),
    ({"type": "path_hierarchy", "delimiter": "-", "replacement": "/"}, "a-b", ["a", "a/b"]),
    ("uax_url_email", "thư a@tinh.gov.vn", ["thư", "a@tinh.gov.vn"]),
    ({"type": "ngram", "min_gram": 2, "max_gram": 2}, "abc", ["ab", "bc"]),
    (
        {"type": "ngram", "min_gram": 2, "max_gram": 2, "token_chars": ["letter", "digit"]},
        "ab 12-",
        ["ab", "12"],
    ),
    (
        {"type": "ngram", "min_gram": 1, "max_gram": 1, "token_chars": ["punctuation", "symbol"]},
        "a,b+",
        [",", "+"],
    ),
    (
        {"type": "ngram", "min_gram": 1, "max_gram": 1,
         "token_chars": ["custom"], "custom_token_chars": "_"},
        "a_",
        ["_"],
    ),
    (
        {"type": "edge_ngram", "min_gram": 1, "max_gram": 3, "token_chars": ["letter"]},
        "xuân an",
        ["x", "xu", "xuâ", "a", "an"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("definition", "text", "expected"), FILTERS)
def test_filter(analyze: Analyze, definition: Any, text: str, expected: list[str]) -> None:
    assert analyze(text, tokenizer="whitespace", filter=[definition]) == expected


@pytest.mark.parametrize(("definition", "text", "expected"), CHAR_FILTERS)
def test_char_filter(analyze: Analyze, definition: Any, text: str, expected: str) -> None:
    assert analyze(text, tokenizer="keyword", char_filter=[definition]) == [expected]


@pytest.mark.parametrize(("definition", "text", "expected"), TOKENIZERS)
def test_tokenizer(analyze: Analyze, definition: Any, text: str, expected: list[str]) -> None:
    assert analyze(text, tokenizer=definition) == expected


def test_trim_takes_the_blanks_that_a_keyword_keeps(analyze: Analyze) -> None:
    assert analyze("  Ân ", tokenizer="keyword", filter=["trim"]) == ["Ân"]


def test_duplicates_at_one_place_are_removed(analyze: Analyze) -> None:
    chain = ["keyword_repeat", "remove_duplicates"]
    assert analyze("a b", tokenizer="whitespace", filter=chain) == ["a", "b"]


def test_flattened_graph_keeps_the_parts(analyze: Analyze) -> None:
    graph = {"type": "synonym_graph", "synonyms": ["ubnd => ủy ban"]}
    assert analyze("ubnd", tokenizer="whitespace", filter=[graph, "flatten_graph"]) == [
        "ủy",
        "ban",
    ]


@pytest.mark.parametrize(
    "marker",
    [{"keywords": ["Ân"]}, {"keywords": ["ân"], "ignore_case": True}, {"keywords_pattern": "Â."}],
)
def test_marked_keywords_are_known_to_later_filters(
    elastic: Elasticsearch, marker: dict[str, Any]
) -> None:
    answer = elastic.indices.analyze(
        text="Ân xa",
        tokenizer="whitespace",
        filter=[{"type": "keyword_marker", **marker}],
        explain=True,
        attributes=["keyword"],
    )
    tokens = answer["detail"]["tokenfilters"][0]["tokens"]
    assert [token["keyword"] for token in tokens] == [True, False]


@pytest.mark.parametrize("analyzer", ["standard", "keyword", "whitespace", "simple", "stop"])
def test_analyzers_of_the_full_server(analyze: Analyze, analyzer: str) -> None:
    assert analyze("xa", analyzer=analyzer) == ["xa"]


def test_synonym_rules_are_read_through_the_filters_before_them(analyze: Analyze) -> None:
    synonym = {"type": "synonym", "synonyms": ["Ủy Ban => UBND"]}
    folding = {"type": "asciifolding", "preserve_original": False}
    chain = ["lowercase", folding, synonym]
    assert analyze("ủy ban", tokenizer="standard", filter=chain) == ["ubnd"]


def test_folding_that_keeps_the_original_reads_rules_folded(analyze: Analyze) -> None:
    synonym = {"type": "synonym", "synonyms": ["ấp => thôn"]}
    folding = {"type": "asciifolding", "preserve_original": True}
    assert "thon" in analyze("ấp", tokenizer="standard", filter=[folding, synonym])


def test_normalizers_make_names_and_numbers_comparable(
    elastic: Elasticsearch, index_name: str
) -> None:
    analysis = {
        "char_filter": {
            "joined": {"type": "pattern_replace", "pattern": "\\s*/\\s*", "replacement": "-"},
            "plain": {"type": "mapping", "mappings": ["đ => d", "Đ => D"]},
        },
        "filter": {"one_blank": {"type": "pattern_replace", "pattern": " +", "replacement": " "}},
        "normalizer": {
            "name": {
                "type": "custom",
                "filter": ["trim", "lowercase", "asciifolding", "decimal_digit", "one_blank"],
            },
            "number": {
                "type": "custom", "char_filter": ["joined", "plain"], "filter": ["uppercase"],
            },
        },
    }  # fmt: skip
    mappings = {
        "properties": {
            "name": {"type": "keyword", "normalizer": "name"},
            "number": {"type": "keyword", "normalizer": "number"},
        }
    }
    elastic.indices.create(index=index_name, settings=settings_with(analysis), mappings=mappings)
    document = {"name": " Nguyễn  Văn ÂN ", "number": "12 / 2026/qđ-ubnd"}
    elastic.index(index=index_name, id="1", document=document, refresh=True)
    found = [
        elastic.count(index=index_name, query=query)["count"]
        for query in (
            {"term": {"name": "nguyen van an"}},
            {"prefix": {"name": "NGUYỄN V"}},
            {"wildcard": {"number": "12/2026*"}},
            {"term": {"number": "12-2026-QD-UBND"}},
        )
    ]
    assert found == [1, 1, 1, 1]


def test_search_time_synonyms_serve_queries_only(elastic: Elasticsearch, index_name: str) -> None:
    analysis = {
        "filter": {"words": {"type": "synonym_graph", "updateable": True, "synonyms": ["a, b"]}},
        "analyzer": {"asking": {"tokenizer": "standard", "filter": ["words"]}},
    }
    field = {"type": "text", "analyzer": "standard", "search_analyzer": "asking"}
    elastic.indices.create(
        index=index_name,
        settings=settings_with(analysis),
        mappings={"properties": {"text": field}},
    )
    elastic.index(index=index_name, id="1", document={"text": "b"}, refresh=True)
    assert elastic.count(index=index_name, query={"match": {"text": "a"}})["count"] == 1


GRAMS = {"type": "edge_ngram", "min_gram": 1, "max_gram": 3}
SYNONYM = {"type": "synonym", "synonyms": ["a => b"]}
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("max_ngram_diff", {"filter": {"x": {"type": "ngram", "min_gram": 1, "max_gram": 5}}}),
    ("max_ngram_diff", {"tokenizer": {"x": {"type": "ngram", "min_gram": 1, "max_gram": 5}}}),
    (
        "cannot be used to parse synonyms",
        {
            "filter": {"x": GRAMS, "y": SYNONYM},
            "analyzer": {"z": {"tokenizer": "standard", "filter": ["x", "y"]}},
        },
    ),
    (
        "may not use filter",
        {"filter": {"x": GRAMS}, "normalizer": {"z": {"type": "custom", "filter": ["x"]}}},
    ),
    (
        "may not use char filter",
        {"normalizer": {"z": {"type": "custom", "char_filter": ["html_strip"]}}},
    ),
    ("pattern", {"filter": {"x": {"type": "pattern_replace"}}}),
    ("patterns", {"filter": {"x": {"type": "pattern_capture"}}}),
    ("synonyms", {"filter": {"x": {"type": "synonym"}}}),
    ("mappings", {"char_filter": {"x": {"type": "mapping"}}}),
    ("Invalid Mapping Rule", {"char_filter": {"x": {"type": "mapping", "mappings": ["a b"]}}}),
    ("keywords", {"filter": {"x": {"type": "keyword_marker"}}}),
    ("length", {"filter": {"x": {"type": "truncate", "length": 0}}}),
    ("lower", {"filter": {"x": {"type": "lowercase", "language": "klingon"}}}),
    ("side", {"filter": {"x": {"type": "edge_ngram", "side": "top"}}}),
]


@pytest.mark.parametrize(("reason", "analysis"), REFUSED)
def test_wrong_definitions_are_refused(
    elastic: Elasticsearch, index_name: str, reason: str, analysis: dict[str, Any]
) -> None:
    with pytest.raises(BadRequestError, match=reason):
        elastic.indices.create(index=index_name, settings=settings_with(analysis))


def test_wider_grams_are_allowed_where_the_index_says_so(
    elastic: Elasticsearch, index_name: str
) -> None:
    analysis = {"filter": {"x": {"type": "ngram", "min_gram": 1, "max_gram": 5}}}
    settings = settings_with(analysis) | {"max_ngram_diff": 4}
    assert elastic.indices.create(index=index_name, settings=settings)["acknowledged"] is True

"""What the report says of each measure: what is compared, and what the peer does not do."""

NOTES = """\
- **Pages.** One article of the demo, the home page and the list of official documents, served over
  SQLite by gunicorn with one synchronous worker, asked by keep-alive clients (the synchronous
  worker closes each connection). Rounds of all five servers alternate after a warm-up; the figure
  is the median round. The plain site (`benchmarks/peers/`) runs with DEBUG off too. Its article
  shows the same content word for word (article, picture, tags), or the run fails; it also has
  previous and next, related and newest articles, but no comments, rating, ways to share or count
  of views below them; its header, menu, notices, breadcrumb and footer follow the portal's, which
  also shows page views. The plain home page lists the seven latest posts with their pictures and
  the six latest documents, as a tutorial does; the portal's has services, campaigns, figures with
  their picture and links beside them. The plain list has four filters by `django_filters` and
  pages of twenty; the portal's counts what each choice of nine filters would leave and knows
  state, files and pages of a document. The portal's pages count the visit, leave out restricted
  pages, and send a content security policy. Goals: ten times the plain site cached, as quick
  uncached.
- **Uncached.** Without the cache of whole pages. What many pages share (menu, notices, footer
  links, newest articles, counts beside the filters) is kept in the process between two changes of
  any public page (`docs/adr/0006-cached-public-pages.md`); "nothing shared" is the same without
  that, which is what the first page after a change costs.
- **Queries.** Of the third visit: the first one makes the pictures, the second one reads what
  pages share.
- **Bytes of a page.** Its HTML alone, packed the same way on both sides. What a first visit
  fetches besides is limited by a test (`tests/e2e/test_access.py`).
- **Indexing.** The worker's path claims outbox rows, reads today's state from the database (SQLite
  for the embedded index, PostgreSQL for Elasticsearch), folds the words and writes under versions.
  The bare peer only sends bodies that were made before: `helpers.bulk` without versions, or one
  `executemany` into an FTS5 table. Both end with a refresh.
- **Searching.** The portal answers as the search page does: folded words, window, rank, facets,
  snippets. The peer is one query over one text field of the same entries, 20 hits, as a tutorial
  has it: `match` on Elasticsearch, `MATCH … ORDER BY rank LIMIT 20` on FTS5; the second peer is
  `LIKE '%word%'` for every word over the same texts in the portal's own database (`ILIKE` on
  PostgreSQL), 20 rows, neither ranked nor folded. "Right" counts the
  judged queries whose first hit is the one that a person would expect. Elasticsearch runs with the
  options of the tests (`tools/services`), which keep the Java compiler at its first stage.
- **Rebuild.** Twenty thousand households and the demo, read from the database, folded and written
  into a new index that then takes the place of the old one, twice in turns with the peers. Ten
  times a second another process saves an article and has ten households read again, in one
  transaction, and is the worker too (`benchmarks/writer.py`); each write is timed, with and without
  a rebuild. What was written during it must be in the new index, or the run fails: a sweep finds
  nothing. The bare peer is that of indexing.
- **Office.** Wagtail's own search of pages, 20,000 pages with one common word beside those of the
  demo (`BENCH_OFFICE`). "The page of answers" is what an editor waits for: rights, states, counts
  and the whole page, without a server; goal 300 ms. Its peer is the same page with the backend that
  Wagtail brings, asked the folded words over the same rows, once: on SQLite it asks the rank of
  each row. "The first 20 and their count" is the search alone, beside `icontains`, which finds
  no word without its accents.
- **Scores.** A thousand invented households of four, every fact known, the same on every run; the
  peer (`benchmarks/peers/plain_rules.py`) must give class, points and twelve indicators of each, or
  the run fails. It knows one standard, nothing undecided and no evidence. "Points and indicators
  known": B1 as a number, twelve times yes or no. Median of alternating rounds. Goals: `score()`
  6 µs, `explain()` 40 µs a household. The peer of `explain()` makes the same lines field by field
  out of the stored score and the dicts of the data files, or the run fails.
- **Scored and stored.** `record()` of 100,000 households (a thousand different ones), sealed and
  written by the model's `bulk_create` in one transaction. The peer writes the very same rows,
  computed and sealed before, into the same table, emptied: `executemany` on SQLite, `COPY` on
  PostgreSQL. The arrived forms that the scores hang on are made before, unmeasured.
- **Sent.** `submit()` of whole declarations of four members: every page validated again, sealed,
  ledger entry under the lock of the commune's chain, score, one commit; one process for each
  connection, rounds of four seconds in turns, communes in turn. One draft for each commune is
  filled in page by page, the others are copies under their own keys and references. The server is
  the run's own, with `fsync` and `synchronous_commit` on (checked), on the disk under the system's
  temporary folder; that of the tests runs with `fsync` off. Afterwards each form must be in the
  ledger once and the chains whole, or the run fails. The first peer comes after that check: the
  same three rows, sealed before, by the driver alone in one transaction, with statements that the
  server has prepared; nothing asked, locked, chained, validated or scored. Goals: 25 % of these
  rows, 50 forms a second on one connection
  (`docs/adr/0018-what-sending-is-measured-against.md`). Two marks stand beside it: `create()` of
  these rows, sealed as the portal's; and rows of as many bytes as a sent form leaves in three
  tables, one by one, prepared too.
- **Step pages.** The page of the house, four questions, over SQLite and gunicorn as the article;
  GET and POST by a household whose other pages are filled in, compressed for whoever takes it. The
  POST saves the page and is answered with a redirect. The peer (`benchmarks/peers/survey.py`) asks
  the same (checked) with Django's own fields and `as_p` in the plain site's frame, and keeps the
  answers in the session: no conditions, no score beside the questions, nothing encrypted, no help
  while a commune or a people is typed.
- **Bytes.** A whole declaration goes from the introduction to the receipt, the list of members
  after each of them; style sheets (not compressed here, as `PORTAL_COLLECTED_STATIC` would have
  them) and emblem are fetched once. The peer has only pages of questions, a review and a word of
  thanks, and no style sheet. Limit: 150 KB (153,600 bytes) over the wire; HTTP/2 would compress the
  headers.
- **Size.** 1,000,000 invented list entries on one node, then 50,000 pages of 5,000 documents beside
  them; 100,000 entries in the embedded file (`BENCH_ENTRIES`, `BENCH_PAGES`, `BENCH_EMBEDDED`).
  The bodies of the bulk peer are made before and only sent, by `streaming_bulk` as it comes. A
  search is measured from the engine's call to its dataclasses, snippets included; its peer sends
  the very same JSON by the bare client over a kept connection and looks at nothing; totals must
  agree, or the run fails. Memory is the most that the process held. Goals: indexing 1.3 times the
  peer's time at most, a search 1.3 times at p95, the embedded file 50 ms at p95."""

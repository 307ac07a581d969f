"""Files of other projects that are committed here; `static/vendor/versions.json` lists them."""

"""Pages of a form for the person who fills it in; each takes the request and the mount."""

"""How rightly typed words are answered: a corpus by seed, judged queries, two figures."""

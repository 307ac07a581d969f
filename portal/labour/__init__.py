"""Labour information (thông tin người lao động): worker sheets, campaigns and their figures."""

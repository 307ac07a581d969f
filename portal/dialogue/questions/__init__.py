"""Questions of the public and the answers of the authorities (hỏi đáp)."""

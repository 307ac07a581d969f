"""The commune's inbox of arrived forms in the back office (hồ sơ)."""

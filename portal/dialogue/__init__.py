"""What the public says to the authorities, and what they answer."""

"""Comments and ratings below pages: given by anybody, shown after moderation."""

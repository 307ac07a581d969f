"""One search over everything public: contract, Vietnamese text, engines, outbox, views."""

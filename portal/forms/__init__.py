"""The form engine: questionnaire -> steps -> draft -> receipt, and the submission ledger."""

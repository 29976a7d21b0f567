"""The judgement: pure functions from facts to group values, changes and levels."""

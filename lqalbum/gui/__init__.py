"""The window: lays out what `review` decides and forwards what a person does."""

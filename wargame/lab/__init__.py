"""The laboratory: games in batches, the historical line, the framework's cases."""

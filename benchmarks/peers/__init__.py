"""One small game in several engines, played as fast as each can."""

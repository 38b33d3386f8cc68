"""The debrief on the screen: what happened, from every chair, and what was luck."""

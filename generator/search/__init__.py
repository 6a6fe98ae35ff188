"""Passages -> a static index that finds every string, and the engine that reads it; the browser half lives in templates/assets."""

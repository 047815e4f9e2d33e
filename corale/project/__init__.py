"""How the house is put together: settings, urls, schedule."""

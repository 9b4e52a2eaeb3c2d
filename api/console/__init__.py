"""The staff's pages: server-rendered, no script, in English and Urdu."""

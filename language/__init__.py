"""Words of five language forms: pure, standard library only, Python 3.10 and newer.

What bot, channels and api may share. It knows no channel, no alert and no model; the reviewed
tables of `nlu_data/lookups` are read by an explicit `load`, never at import.
"""

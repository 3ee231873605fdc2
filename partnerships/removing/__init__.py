"""Taking out what was entered by mistake: for a reason, and with a record of what it said.

One mechanism for everything that is kept by hand. Figures of returns are corrected, never taken
out; what other entries or published reports stand on stays.
"""

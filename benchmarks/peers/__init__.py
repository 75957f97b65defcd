"""What people would use instead of the rule book, on the same rules: each builds an index and is asked.

A peer that can say everything returns the effect, the mark and the deciding rules; one that only finds which
rules apply returns those.
"""

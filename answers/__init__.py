"""The one way to an answer, for every face: what was heard, the dialogue, the ruling, the receipt, the
case, the reply.
"""

"""Pre-posting briefings: an itinerary in, one page out, from the same rulings as every answer."""

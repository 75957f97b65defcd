"""Building the core pack's generated vocabulary files from the facts and the hand-kept inputs beside them."""

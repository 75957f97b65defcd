"""What guidance says over the whole space of enquiries: exact, never sampled."""

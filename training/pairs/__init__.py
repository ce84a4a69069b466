"""How the pair model was made: what one text says of another."""

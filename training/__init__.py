"""How each model that ships was made."""

"""How NEW wants to be asked what OLD was asked: found out by asking it, or read in what it declares."""

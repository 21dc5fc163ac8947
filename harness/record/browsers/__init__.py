"""Browsers that are not simply there: which versions can be had from where, and what each source cannot do."""

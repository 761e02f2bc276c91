"""Wording as data: what plans print, what findings say, what labels are composed of."""

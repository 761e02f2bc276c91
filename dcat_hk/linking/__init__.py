"""
Rows of plans -> the records of the portal that are their datasets.

Data flows one way: `rows` groups what plans print, `blocks` says which records come into question, `titles` and
`scoring` compare, `choosing` decides, `matching` puts it together, `linkwriting` writes files.
"""

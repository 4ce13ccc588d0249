"""A completed toolkit in a Word document, read and matched to the edition it answers.

`package` opens the file safely, `blocks` reads its rows, `matching` proposes where each goes,
`building` makes the record of a cycle of what a person has confirmed. Nothing here writes.
"""

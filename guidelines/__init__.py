"""The ruling core: vocabulary, rules, enquiries and rulings, and nothing else.

The modules of this package import the standard library and each other only. Databases live in
`guidelines.store`, files in `guidelines.formats`, content in `guidelines/packs`.
"""

"""The HTTP server (extra ``server``): `app.create_app` builds it, ``quotetrack serve`` runs it.

Kept empty, since worker processes import this package and need no web framework.
"""

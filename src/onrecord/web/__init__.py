"""The web app: a record in a browser, for people who would rather look than type.

    request -> guard (host, token) -> app (route) -> view: record and question in, page out
                                   -> templating (HTML) or twins (JSON, CSV)

A view is a function of an opened record and an ``Ask``; it knows nothing of HTTP. Pages are whole without
script. Nothing of a report is ever markup: templates escape all, and the policy of every page lets nothing
run or load but the app's own files.
"""

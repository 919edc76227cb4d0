"""Every way to do something in Slack, and who may.

`tests/conversations/test_ways.py` tries each way as every role of `cast.ROLES` and as outsiders,
and holds `docs/who-may-do-what.md` to what is said here. It fails for a route of the bot's own
table, or a command in words, that has no way.

To add a way, put a `Way` into the file of its topic (or make one, and add it to `TOPICS`):

    Way(
        route="button reply.paused",        # kind and name in the table; "words MODULE.HANDLER"
        shown="**Pause**",                  # as people see it; stands in the page
        may=MAY_CHANGE,                     # roles, from cast
        gives=Gives.CHANGE,                 # what they get: a change, a form, an answer
        given=lambda scene: Press("reply.paused", scene.button()),
        refusal="Only its owner",           # a part of the one sentence that the others read
    )

`given` brings about what the way is about, through the listeners (`scene.by("owner", …)`), for
`scene.item`, and returns what is then tried. Everything it wrote is taken back afterwards. Then
write the page anew: `python -m tests.conversations.ways`.
"""

"""The pack that ``cleanwire rules new`` writes. docs/rules.md shows the same; a test holds them together."""

NEW_PACK = """\
source = "Harbour Press"                    # who puts these blocks there
description = "Lines that Harbour Press puts under the stories it passes on."

[[rule]]
id = "harbour.disclaimer"                   # source.what, lower case
kind = "text"                               # text or pattern
category = "disclaimer"                     # disclaimer, syndication, copyright, contact, about, promo
description = "The liability paragraph at the end of every story."
languages = ["en"]
headings = ["Legal notice"]                 # heading lines that may stand before it, without colon
text = '''
Harbour Press passes this story on {as it came|as received} and answers for neither its accuracy nor its
completeness. Questions go to {name}, {url}.
'''
require = ["harbour press"]                 # words without which it is never this block

[[rule.example]]
text = '''
The ferry sails again on Monday.

Legal notice:
Harbour Press passes this story on as received and answers for neither its accuracy nor its
completeness. Questions go to the editor, https://harbourpress.example/contact.
'''
removed = ['''Legal notice:
Harbour Press passes this story on as received and answers for neither its accuracy nor its
completeness. Questions go to the editor, https://harbourpress.example/contact.''']

[[rule.keep]]
text = '''
The shipping agent says that Harbour Press passes this story on to its readers in Bergen.
'''
why = "A sentence about the publisher; it shares a few words with the block."
"""

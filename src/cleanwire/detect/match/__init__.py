"""One module a kind of rule. Each has ``matcher(rule) -> Matcher``; the module's name is the kind's."""

"""A rule in words."""

from __future__ import annotations

from cleanwire.model import Rule


def describe(rule: Rule) -> str:
    """Everything a rule says, for reading."""
    facts = [
        ("category", rule.category),
        ("source", rule.source),
        ("pack", f"{rule.pack}:{rule.line}"),
        ("kind", f"{rule.kind}, a {rule.scope}" if rule.kind == "pattern" and rule.scope != "inline" else rule.kind),
        ("place", rule.place),
        ("languages", ", ".join(rule.languages)),
        ("anchors", ", ".join(rule.anchors)),
        ("headings", ", ".join(rule.headings)),
        ("require", ", ".join(rule.require)),
    ]
    lines = [rule.id, f"  {rule.description}"]
    lines += [f"  {name}: {value}" for name, value in facts if value]
    for name, texts in (("wording", rule.texts), ("expression", rule.patterns)):
        for text in texts:
            lines += [f"  {name}:", *_indented(text)]
    for example in rule.examples:
        lines += [f"  example ({example.origin}):", *_indented(example.text), "  removed:"]
        for removed in example.removed:
            lines += _indented(removed)
    for keep in rule.keeps:
        lines += [f"  stays ({keep.why}):", *_indented(keep.text)]
    return "\n".join(lines) + "\n"


def _indented(text: str) -> list[str]:
    return ["    " + line for line in text.strip().splitlines()]

"""--explain: the document with what goes struck through, and why; and what was nearly taken, and why not."""

from __future__ import annotations

from cleanwire.model import Span
from cleanwire.report.document import Report, printable


def render(report: Report, *, color: bool, width: int = 100) -> str:
    """The explanation as text; without ``color`` what goes is bracketed ``[- … -]`` and barred instead of struck."""
    from rich.console import Console  # drawn only here, and dear to import
    from rich.text import Text

    document = Text()
    done = 0
    spans = report.spans or report.spared
    for span in spans:
        document.append(printable(report.text[done : span.start]))
        piece = report.text[span.start : span.end]
        inner = piece.strip()
        lead = piece[: len(piece) - len(piece.lstrip())]
        tail = piece[len(piece.rstrip()) :] if inner else ""
        document.append(lead)
        _append_block(document, report, span, printable(inner), color=color)
        document.append(tail)
        done = span.end
    document.append(printable(report.text[done:]))
    console = Console(
        color_system="standard" if color else None,
        force_terminal=color,
        width=width,
        highlight=False,
        soft_wrap=True,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.rule(Text(printable(report.name), style="bold"), align="left", characters="─")
        console.print(document, end="" if report.text.endswith(("\n", "\r")) else "\n")
        console.print(Text(_verdict(report), style="bold"))
        for miss in report.near_misses:
            line, _ = report.position(miss.start)
            excerpt = " ".join(printable(report.text[miss.start : miss.end]).split())
            excerpt = excerpt if len(excerpt) <= 80 else excerpt[:60] + " … " + excerpt[-15:]
            console.print(
                Text(f"  kept at line {line}: “{excerpt}” ({miss.rule}, {miss.score:.0%}): {miss.reason}", style="dim")
            )
    return capture.get()


def _append_block(document: object, report: Report, span: Span, text: str, *, color: bool) -> None:
    from rich.text import Text

    assert isinstance(document, Text)
    label = f"{span.rule} · {span.category} · {span.match} {span.score:.0%}"
    start = report.first_word(span)
    line_start = report.lines[report.position(start)[0] - 1][0]
    begins_line = not report.text[line_start:start].strip()
    if begins_line and "\n" in report.text[span.start : span.end].strip() + report.text[span.end - 1 : span.end]:
        document.append(f"┌─ {label}\n", style="yellow")
        for line in text.splitlines():
            document.append("│ ", style="yellow")
            document.append(line, style="red strike")
            document.append("\n")
        document.append("└─", style="yellow")
        return
    if color:
        document.append(text, style="red strike")
    else:
        document.append(f"[-{text}-]")
    document.append(f" ‹{label}›", style="yellow")


def _verdict(report: Report) -> str:
    outcome = report.outcome
    if outcome.status == "kept back":
        return f"Kept as it is: {outcome.reason}"
    if outcome.status == "not text":
        return f"This is {outcome.reason}, not text."
    blocks = sum(outcome.blocks.values())
    if not blocks:
        return "Nothing goes."
    parts = [f"{count} {category}" for category, count in sorted(outcome.blocks.items())]
    size = sum(outcome.removed.values())
    return (
        f"{blocks} block{'' if blocks == 1 else 's'} and {size} of {outcome.bytes_read} bytes go: {', '.join(parts)}."
    )
